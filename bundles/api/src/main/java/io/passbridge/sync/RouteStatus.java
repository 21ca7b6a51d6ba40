/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync;

import io.passbridge.store.RunHistory.Run;
import io.passbridge.store.SyncState.Counts;
import java.time.Instant;
import java.util.Optional;

/**
 * A route at one moment.
 *
 * @param name the route's name, the suffix of its PID
 * @param source connector instance that is read
 * @param target connector instance that is written
 * @param digest the digest scheme's name
 * @param digestParameters the scheme's parameters in words; empty while no bundle provides it
 * @param phase what it is doing
 * @param reason why, in words; empty if there is nothing to say
 * @param fullRun whether a full run is under way or owed
 * @param progress of the running cycle
 * @param positionAt when the watermark was stored; empty if the route never ran
 * @param counts people by how they stand; empty if the store does not answer
 * @param lastRun the latest run that has ended or is running
 * @param nextRun when the next cycle is due, if one is
 * @param deletions an operator's leave that has not ended
 * @param promptness of the last 24 hours; empty if the store does not answer
 * @param leaseHolder the server that runs the route now, if any does
 * @param proof how well it is known that the target holds what the source holds; empty if the store
 *     does not answer
 */
public record RouteStatus(
        String name,
        String source,
        String target,
        String digest,
        String digestParameters,
        Phase phase,
        String reason,
        boolean fullRun,
        Optional<Progress> progress,
        Optional<Instant> positionAt,
        Optional<Counts> counts,
        Optional<Run> lastRun,
        Optional<Instant> nextRun,
        Optional<DeletionLeave> deletions,
        Optional<Promptness> promptness,
        Optional<String> leaseHolder,
        Optional<RouteProof> proof) {
    /** What a route is doing. */
    public enum Phase {
        /** The configuration cannot work; see the reason. */
        INVALID,
        /** Switched off by its configuration. */
        OFF,
        /** Configured to read and forecast only; {@code sync:activate} switches it on. */
        STAGING,
        /** The key set is locked. */
        LOCKED,
        /** Another server holds the route's lease. */
        STANDBY,
        /** Paused by an operator or by the deletion threshold. */
        PAUSED,
        /** Waiting for the next cycle. */
        IDLE,
        /** A cycle is running. */
        RUNNING,
        /** The last cycle failed; the next one is due soon. */
        FAILING
    }
}
