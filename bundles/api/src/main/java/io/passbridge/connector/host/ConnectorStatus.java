/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.host;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * A connector instance at one moment.
 *
 * @param name the instance's name
 * @param type the connector's type, or {@code ?} if no bundle for it is there
 * @param phase where it stands in its life
 * @param detail why, in words; empty if there is nothing to say
 * @param since when it entered the phase
 * @param capabilities simple names of what it can do now
 * @param bundle symbolic name and version of the bundle it comes from
 * @param calls calls made so far
 * @param failures calls that failed
 * @param badRecords records it could not use
 */
public record ConnectorStatus(
        String name,
        String type,
        Phase phase,
        String detail,
        Instant since,
        Set<String> capabilities,
        String bundle,
        long calls,
        long failures,
        long badRecords) {
    /** Where an instance stands in its life. */
    public enum Phase {
        /** There is a configuration, but no bundle that serves it. */
        NO_BUNDLE,
        /** The configuration is not valid. */
        INVALID,
        /** Opened; not used yet. */
        READY,
        /** The last call succeeded. */
        ONLINE,
        /** Works, but something needs attention. */
        DEGRADED,
        /** The last call failed. */
        OFFLINE,
        /** An operator paused it. */
        PAUSED,
        /** Its bundle or configuration is going away; waiting for a running call. */
        DRAINING;

        /** The phase as people read it: {@code no bundle}. */
        public String inWords() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    public ConnectorStatus {
        capabilities = Set.copyOf(capabilities);
    }
}
