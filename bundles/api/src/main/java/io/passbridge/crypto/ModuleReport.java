/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.crypto;

/**
 * What is known of a cryptographic module.
 *
 * @param name the module
 * @param version its version; empty if it has not been loaded
 * @param validated whether a validation under FIPS 140 is claimed for it
 * @param inUse whether the policy chooses it now
 * @param approvedOnly whether it refuses everything that is not approved; false if not loaded
 * @param selfTest what came of its self-tests
 * @param detail file and checksum, or why it is refused; for people
 */
public record ModuleReport(
        String name,
        String version,
        boolean validated,
        boolean inUse,
        boolean approvedOnly,
        SelfTest selfTest,
        String detail) {
    /** What came of self-tests. */
    public enum SelfTest {
        PASSED,
        FAILED,
        /** The module has not been loaded. */
        NOT_RUN,
        /** The module has none. */
        NONE
    }

    /** The same, in use or not. */
    public ModuleReport inUse(boolean now) {
        return new ModuleReport(name, version, validated, now, approvedOnly, selfTest, detail);
    }
}
