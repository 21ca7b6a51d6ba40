/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.Watermark;
import io.passbridge.event.EventType;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState.RoutePosition;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One run of a route: finds out where to begin, runs the cycle, and says what came of it. */
final class RouteRun {
    private final RouteParts parts;
    private final RouteSettings settings;
    private final Instruction instruction;
    private final RunTally tally;
    private volatile boolean full;

    /**
     * @param full whether to begin a full run
     * @param allowDeletions whether the deletion threshold is lifted
     */
    record Instruction(boolean full, boolean allowDeletions) {}

    RouteRun(RouteParts parts, Instruction instruction, RunTally tally) {
        this.tally = tally;
        this.parts = parts;
        this.settings = parts.settings();
        this.instruction = instruction;
        this.full = instruction.full();
    }

    RunTally tally() {
        return tally;
    }

    boolean full() {
        return full;
    }

    /**
     * @param begun told once it is known whether the run is a full one
     */
    void execute(Runnable begun) throws CycleFailure, InterruptedException {
        parts.lease().token();
        Set<String> schemes = targetSchemes();
        Optional<RoutePosition> stored = position();
        boolean fresh = stored.isEmpty() || instruction.full();
        full = fresh || stored.get().fullRun();
        begun.run();
        RouteEvents events =
                new RouteEvents(parts.journal(), parts.platform().clock(), full, tally);
        StateCommit commits =
                new StateCommit(settings.name(), parts.platform(), parts.lease(), events);
        RoutePosition start = fresh ? beginning(commits) : stored.get();
        DeletionGuard deletions =
                new DeletionGuard(settings.deletionThreshold(), instruction.allowDeletions());
        try {
            cycle(start, schemes, deletions, commits, events).run();
        } catch (CycleFailure e) {
            if (e.kind() != CycleFailure.Kind.EXPIRED || start.watermark().isBeginning()) {
                throw e;
            }
            events.expired(e.getMessage());
            full = true;
            begun.run();
            cycle(beginning(commits), schemes, deletions, commits, events).run();
        }
        events.completed(tally.sum());
    }

    private RoutePosition beginning(StateCommit commits) throws CycleFailure, InterruptedException {
        parts.journal().note(EventType.FULL_STARTED, Map.of());
        Instant now = parts.platform().clock().instant();
        RoutePosition beginning = new RoutePosition(Watermark.BEGINNING, true, now);
        commits.beginning(beginning);
        return beginning;
    }

    private Cycle cycle(
            RoutePosition start,
            Set<String> schemes,
            DeletionGuard deletions,
            StateCommit commits,
            RouteEvents events) {
        PagePreparation preparation =
                new PagePreparation(
                        settings,
                        parts.platform(),
                        parts.digests(),
                        schemes,
                        deletions,
                        start.fullRun(),
                        start.committedAt());
        PageWriter writer =
                new PageWriter(
                        settings,
                        parts.platform(),
                        parts.target(),
                        parts.lease(),
                        commits,
                        events,
                        parts.backoff());
        return new Cycle(parts, preparation, writer, tally, start);
    }

    private Optional<RoutePosition> position() throws CycleFailure {
        try {
            return parts.platform().state().position(settings.name());
        } catch (StoreException e) {
            throw CycleFailure.store(e);
        }
    }

    private Set<String> targetSchemes() throws CycleFailure, InterruptedException {
        Set<String> schemes;
        try {
            schemes =
                    parts.platform()
                            .connectors()
                            .call(
                                    settings.target(),
                                    PasswordTarget.class,
                                    target -> Set.copyOf(target.schemes()));
        } catch (ConnectorException e) {
            throw CycleFailure.target(settings.target(), e);
        }
        if (!schemes.contains(settings.digest()) && settings.passThrough().isEmpty()) {
            throw new CycleFailure(
                    CycleFailure.Kind.CONFIGURATION,
                    "target %s does not take the digest scheme %s; it takes %s. Change 'digest' in %s"
                            .formatted(
                                    settings.target(),
                                    settings.digest(),
                                    schemes,
                                    settings.file()));
        }
        if (settings.createAccounts()
                && !parts.platform().connectors().has(settings.target(), AccountTarget.class)) {
            throw new CycleFailure(
                    CycleFailure.Kind.CONFIGURATION,
                    "target %s cannot create users; set 'accounts = none' in %s"
                            .formatted(settings.target(), settings.file()));
        }
        return schemes;
    }
}
