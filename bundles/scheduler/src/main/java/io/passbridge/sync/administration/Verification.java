/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.administration;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.store.Parity;
import io.passbridge.store.Proofs.Doubt;
import io.passbridge.store.Proofs.Look;
import io.passbridge.store.Proofs.Pass;
import io.passbridge.store.Standing;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState.PageCommit;
import io.passbridge.store.SyncState.Retry;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.sync.ParityReport;
import io.passbridge.sync.ParityReport.Unproven;
import io.passbridge.sync.Progress;
import io.passbridge.sync.RouteStatus;
import io.passbridge.sync.RouteStatus.Phase;
import io.passbridge.sync.RunRequest;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.VerifyRequest;
import io.passbridge.sync.engine.SyncEngine;
import io.passbridge.sync.page.EngineServices;
import io.passbridge.sync.parity.Choice;
import io.passbridge.sync.parity.Comparison;
import io.passbridge.sync.parity.Seen;
import io.passbridge.sync.route.CycleFailure;
import io.passbridge.sync.route.JournalWriter;
import io.passbridge.sync.route.RouteSettings;
import io.passbridge.sync.route.Words;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One comparison that an operator asked for, from its choice of people to what was mended. */
final class Verification {
    private static final Set<Phase> REPAIRABLE =
            EnumSet.of(Phase.IDLE, Phase.RUNNING, Phase.FAILING);

    private static final int BATCH = 500;
    private static final int NAMED = 10;

    private final EngineServices platform;
    private final RouteSettings settings;
    private final SyncEngine engine;
    private final Comparison comparison;
    private final Map<SourceAnchor, Seen> doubts = new LinkedHashMap<>();
    private final Map<Parity, Long> people = new EnumMap<>(Parity.class);
    private final List<SourceAnchor> broken = new ArrayList<>();
    private long done;

    private Verification(EngineServices platform, RouteSettings settings, SyncEngine engine) {
        this.platform = platform;
        this.settings = settings;
        this.engine = engine;
        this.comparison = new Comparison(settings, platform, engine.digests());
    }

    /**
     * Compares, and has mended what the request asks for.
     *
     * @param runs carries out a run of the route and waits for it
     */
    static ParityReport of(
            EngineServices platform,
            RouteSettings settings,
            RouteStatus status,
            Optional<SyncEngine> engine,
            VerifyRequest request,
            Consumer<Progress> progress,
            Runs runs)
            throws SyncException, InterruptedException {
        if (!settings.faults().isEmpty()) {
            throw new SyncException(
                    "%s: %s".formatted(settings.file(), String.join("; ", settings.faults())));
        }
        SyncEngine present = engine.orElseThrow(() -> new SyncException(Administration.NO_ENGINE));
        if (request.repair() && !REPAIRABLE.contains(status.phase())) {
            throw new SyncException(
                    "nothing of route %s is written from here, it is %s: %s"
                            .formatted(settings.name(), Words.of(status.phase()), status.reason()));
        }
        Verification verification = new Verification(platform, settings, present);
        try {
            return verification.run(request, progress, runs);
        } catch (CycleFailure e) {
            throw new SyncException(e.getMessage(), e);
        } catch (StoreException e) {
            throw new SyncException("the store does not answer: " + e.getMessage(), e);
        }
    }

    /** Runs the route once. */
    interface Runs {
        void run(RunRequest request) throws SyncException, InterruptedException;
    }

    private ParityReport run(VerifyRequest request, Consumer<Progress> progress, Runs runs)
            throws StoreException, CycleFailure, SyncException, InterruptedException {
        Instant begun = platform.clock().instant();
        long inStep = platform.state().counts(settings.name()).of(Standing.IN_STEP);
        Choice choice = new Choice(platform.state(), settings.name());
        String hindrance = comparison.hindrance();
        if (!hindrance.isEmpty()) {
            choice.all(BATCH, anchors -> unknown(anchors, hindrance));
            return report(begun, inStep, 0);
        }
        int size = comparison.pageSize(BATCH);
        long start = System.nanoTime();
        if (request.sample().isPresent()) {
            List<SourceAnchor> sample =
                    choice.sample(request.sample().getAsInt(), new SecureRandom());
            for (int from = 0; from < sample.size(); from += size) {
                look(sample.subList(from, Math.min(sample.size(), from + size)));
                tell(progress, sample.size(), start);
            }
        } else {
            choice.<CycleFailure>all(
                    size,
                    anchors -> {
                        look(anchors);
                        tell(progress, inStep, start);
                    });
            recordPass(begun);
        }
        long mended = request.repair() ? repair(request, runs) : 0;
        return report(begun, inStep, mended);
    }

    private void unknown(List<SourceAnchor> anchors, String why) {
        anchors.forEach(anchor -> add(new Seen(anchor, Parity.UNKNOWN, why)));
    }

    private void look(List<SourceAnchor> anchors) throws CycleFailure, InterruptedException {
        List<Seen> seen = comparison.of(anchors);
        seen.forEach(this::add);
        done += anchors.size();
        record(Optional.empty(), anchors, seen);
    }

    private void tell(Consumer<Progress> progress, long expected, long start) {
        double seconds = Math.max(1, System.nanoTime() - start) / 1e9;
        progress.accept(new Progress(done, Math.max(done, expected), done / seconds));
    }

    private void add(Seen one) {
        people.merge(one.parity(), 1L, Long::sum);
        if (one.parity().isBroken()) {
            broken.add(one.anchor());
        }
        boolean told = one.parity() != Parity.SAME && one.parity() != Parity.BY_VERSION;
        if (told && (one.parity().isBroken() || doubts.size() < ParityReport.MOST)) {
            doubts.put(one.anchor(), one);
        }
    }

    /** What a server finds that has not the route is told, but not recorded. */
    private void record(Optional<Pass> pass, List<SourceAnchor> anchors, List<Seen> seen)
            throws CycleFailure {
        if (!engine.lease().holds(settings.name())) {
            return;
        }
        Instant now = platform.clock().instant();
        List<Doubt> found =
                seen.stream()
                        .filter(one -> one.parity().isDoubt())
                        .map(one -> new Doubt(one.anchor(), one.parity(), one.reason(), now))
                        .toList();
        try {
            platform.proofs()
                    .record(
                            new Look(
                                    settings.name(),
                                    engine.lease().token(settings.name()),
                                    pass,
                                    anchors,
                                    found));
        } catch (StoreException e) {
            throw CycleFailure.store(e);
        }
    }

    private void recordPass(Instant begun) throws CycleFailure {
        Instant end = platform.clock().instant();
        record(Optional.of(new Pass(begun, Optional.of(end), "", people)), List.of(), List.of());
    }

    /**
     * Queues what is broken and waits for the run that writes it. The users' histories begin again
     * one epoch later, since the target believes that it holds the present version.
     *
     * @return how many are the same now
     */
    private long repair(VerifyRequest request, Runs runs)
            throws StoreException, CycleFailure, SyncException, InterruptedException {
        if (broken.isEmpty()) {
            return 0;
        }
        Map<Fact, String> facts = new LinkedHashMap<>();
        facts.put(Fact.COUNT, "" + broken.size());
        if (broken.size() <= NAMED) {
            facts.put(
                    Fact.USERS,
                    String.join(", ", broken.stream().map(SourceAnchor::value).toList()));
        }
        new JournalWriter(platform.journal(), settings.name())
                .act(EventType.REPAIR_REQUESTED, request.actor(), facts);
        for (int from = 0; from < broken.size(); from += BATCH) {
            queue(broken.subList(from, Math.min(broken.size(), from + BATCH)));
        }
        runs.run(new RunRequest(false, false, request.actor()));
        int size = comparison.pageSize(BATCH);
        long mended = 0;
        for (int from = 0; from < broken.size(); from += size) {
            List<SourceAnchor> part = broken.subList(from, Math.min(broken.size(), from + size));
            List<Seen> seen = comparison.of(part);
            record(Optional.empty(), part, seen);
            for (Seen now : seen) {
                Seen before = doubts.remove(now.anchor());
                people.merge(before.parity(), -1L, Long::sum);
                people.merge(now.parity(), 1L, Long::sum);
                if (now.parity() == Parity.SAME || now.parity() == Parity.BY_VERSION) {
                    mended++;
                } else {
                    doubts.put(now.anchor(), now);
                }
            }
        }
        return mended;
    }

    private void queue(List<SourceAnchor> anchors) throws StoreException, CycleFailure {
        Instant now = platform.clock().instant();
        List<UserState> states = new ArrayList<>();
        List<Retry> retries = new ArrayList<>();
        for (UserState known : platform.state().users(settings.name(), anchors).values()) {
            ChangeVersion version = known.version();
            int epoch = Math.min(ChangeVersion.MAX_EPOCH, version.epoch() + 1);
            String reason = doubts.get(known.anchor()).reason();
            states.add(
                    new UserState(
                            known.anchor(),
                            version.inEpoch(epoch),
                            known.state(),
                            Outcome.RETRY,
                            reason,
                            now));
            retries.add(new Retry(known.anchor(), version.inEpoch(epoch), 0, now, reason));
        }
        platform.state()
                .commit(
                        new PageCommit(
                                settings.name(),
                                engine.lease().token(settings.name()),
                                Optional.empty(),
                                states,
                                retries));
    }

    private ParityReport report(Instant begun, long inStep, long mended) {
        return new ParityReport(
                settings.name(),
                begun,
                platform.clock().instant(),
                inStep,
                people,
                mended,
                doubts.values().stream()
                        .limit(ParityReport.MOST)
                        .map(one -> new Unproven(one.anchor().value(), one.parity(), one.reason()))
                        .toList());
    }
}
