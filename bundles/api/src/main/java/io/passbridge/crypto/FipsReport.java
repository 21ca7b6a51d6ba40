/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.crypto;

import java.util.List;

/**
 * The FIPS policy and the modules under it.
 *
 * @param enforced whether only approved algorithms of a validated module may protect
 * @param configured what the configuration says
 * @param host what the host says; see {@link Host}
 * @param allowLegacyForPasswordSync whether the protocol of Active Directory and {@code pph1} are
 *     excepted
 * @param exceptions further purposes that are excepted
 * @param modules the one in use first
 */
public record FipsReport(
        boolean enforced,
        boolean configured,
        Host host,
        boolean allowLegacyForPasswordSync,
        List<String> exceptions,
        List<ModuleReport> modules) {
    /** The policy of the operating system. */
    public enum Host {
        ON,
        OFF,
        /** The operating system has no such policy, or does not tell. */
        UNKNOWN
    }

    /** Whether configuration and host disagree; the stricter of them holds. */
    public boolean differs() {
        return host != Host.UNKNOWN && configured != (host == Host.ON);
    }
}
