/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.cycle;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.UnusableReport;
import io.passbridge.connector.Watermark;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState;
import io.passbridge.store.SyncState.Reading;
import io.passbridge.store.SyncState.RoutePosition;
import io.passbridge.sync.gate.DeletionGuard;
import io.passbridge.sync.gate.Judgement;
import io.passbridge.sync.page.PagePreparation;
import io.passbridge.sync.page.PageResult;
import io.passbridge.sync.page.PageWriter;
import io.passbridge.sync.page.RouteEvents;
import io.passbridge.sync.page.RunTally;
import io.passbridge.sync.page.StateCommit;
import io.passbridge.sync.page.VersionOrder;
import io.passbridge.sync.route.CycleFailure;
import io.passbridge.sync.route.JournalWriter;
import io.passbridge.sync.route.RouteSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** One run of a route: finds out where to begin, runs the cycle, and says what came of it. */
public final class RouteRun {
    private final RouteParts parts;
    private final RouteSettings settings;
    private final Instruction instruction;
    private final RunTally tally;
    private volatile boolean full;

    /**
     * @param full whether to begin a full run
     * @param deletions an operator's leave to delete so many in place of the route's limits
     */
    public record Instruction(boolean full, OptionalLong deletions) {}

    public RouteRun(RouteParts parts, Instruction instruction, RunTally tally) {
        this.tally = tally;
        this.parts = parts;
        this.settings = parts.settings();
        this.instruction = instruction;
        this.full = instruction.full();
    }

    public RunTally tally() {
        return tally;
    }

    public boolean full() {
        return full;
    }

    /**
     * @param begun told once it is known whether the run is a full one
     */
    public void execute(Runnable begun) throws CycleFailure, InterruptedException {
        JournalWriter journal = parts.journal().under(parts.lease().token());
        // first of all: what is read of the store afterwards is at least as new
        long follows = asked(SyncState::commits);
        Optional<RoutePosition> stored = asked(SyncState::position);
        Judgement before = Judgement.parse(stored.map(RoutePosition::gates).orElse(""));
        Set<String> schemes = new TargetSchemes(parts).await(before.kinds());
        VersionOrder order = versionOrder();
        Judgement now =
                Judgement.of(
                                settings,
                                schemes,
                                parts.platform().schemes().find(settings.policy().digest()))
                        .since(before);
        Optional<Reading> fresh = fresh(stored, before, now);
        full = fresh.isPresent() || stored.get().fullRun();
        begun.run();
        RouteEvents events = new RouteEvents(journal, parts.platform().clock(), full, tally);
        StateCommit commits =
                new StateCommit(
                        settings.name(), parts.platform(), parts.lease(), events, tally, follows);
        if (stored.isPresent() && now.needed(before) != Reading.CHANGES) {
            parts.journal()
                    .note(
                            EventType.REVIEW_STARTED,
                            Map.of(Fact.CHANGED, String.join(", ", now.differences(before))));
        }
        RoutePosition start =
                fresh.isPresent()
                        ? beginning(fresh.get(), now, commits)
                        : under(now, stored.get(), commits);
        DeletionGuard deletions =
                new DeletionGuard(
                        settings.limits().deletions(), instruction.deletions(), this::people);
        try {
            cycle(start, schemes, order, deletions, commits, events).run();
        } catch (CycleFailure e) {
            if (e.kind() != CycleFailure.Kind.EXPIRED || start.watermark().isBeginning()) {
                throw e;
            }
            events.expired(e.getMessage());
            full = true;
            begun.run();
            RoutePosition again = beginning(Reading.RENEWED, now, commits);
            cycle(again, schemes, order, deletions, commits, events).run();
        }
        events.completed(tally.sum());
    }

    /** What is to be read from the beginning now, if anything is. */
    private Optional<Reading> fresh(
            Optional<RoutePosition> stored, Judgement before, Judgement now) {
        if (stored.isEmpty()) {
            return Optional.of(Reading.FULL);
        }
        Reading needed = now.needed(before);
        Reading underWay = stored.get().reading();
        if (needed == Reading.FULL || instruction.full() && needed != Reading.RENEWED) {
            return Optional.of(underWay == Reading.RENEWED ? underWay : Reading.FULL);
        }
        if (needed == Reading.REVIEW && underWay != Reading.CHANGES) {
            return Optional.of(underWay);
        }
        return needed == Reading.CHANGES ? Optional.empty() : Optional.of(needed);
    }

    private RoutePosition beginning(Reading reading, Judgement judgement, StateCommit commits)
            throws CycleFailure, InterruptedException {
        parts.journal().note(EventType.FULL_STARTED, Map.of());
        Instant now = parts.platform().clock().instant();
        RoutePosition beginning =
                new RoutePosition(Watermark.BEGINNING, reading, now, judgement.text());
        commits.beginning(beginning);
        return beginning;
    }

    /** The stored position under the present gates, which are noted at once if they are others. */
    private static RoutePosition under(
            Judgement judgement, RoutePosition stored, StateCommit commits)
            throws CycleFailure, InterruptedException {
        if (stored.gates().equals(judgement.text())) {
            return stored;
        }
        RoutePosition noted =
                new RoutePosition(
                        stored.watermark(),
                        stored.reading(),
                        stored.committedAt(),
                        judgement.text());
        commits.commit(
                Optional.of(noted), List.of(), List.of(), UnusableReport.NONE, PageResult.NONE);
        return noted;
    }

    private VersionOrder versionOrder() throws CycleFailure, InterruptedException {
        try {
            return parts.platform()
                    .connectors()
                    .ask(settings.source(), PasswordSource.class, VersionOrder::of);
        } catch (ConnectorException e) {
            throw CycleFailure.source(settings.source(), e);
        }
    }

    private Cycle cycle(
            RoutePosition start,
            Set<String> schemes,
            VersionOrder order,
            DeletionGuard deletions,
            StateCommit commits,
            RouteEvents events) {
        VersionOrder placing = start.reading() == Reading.RENEWED ? new VersionOrder(true) : order;
        PagePreparation preparation =
                new PagePreparation(
                        settings,
                        parts.platform(),
                        parts.digests(),
                        schemes,
                        deletions,
                        placing,
                        start.reading(),
                        start.committedAt());
        PageWriter writer =
                new PageWriter(
                        settings,
                        parts.platform(),
                        parts.target(),
                        parts.lease(),
                        commits,
                        events,
                        parts.backoff(),
                        placing);
        return new Cycle(parts, preparation, writer, tally, start);
    }

    /** Whom the route has at its target. */
    private long people() throws CycleFailure {
        return asked(SyncState::counts).served();
    }

    /** Something that the store knows of a route. */
    private interface Question<T> {
        T of(SyncState state, String route) throws StoreException;
    }

    private <T> T asked(Question<T> question) throws CycleFailure {
        try {
            return question.of(parts.platform().state(), settings.name());
        } catch (StoreException e) {
            throw CycleFailure.store(e);
        }
    }
}
