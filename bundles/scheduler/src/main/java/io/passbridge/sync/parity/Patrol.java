/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.parity;

import io.passbridge.credential.SourceAnchor;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.store.Parity;
import io.passbridge.store.Proofs.Doubt;
import io.passbridge.store.Proofs.Look;
import io.passbridge.store.Proofs.Pass;
import io.passbridge.store.Proofs.Proof;
import io.passbridge.store.Standing;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState.PeoplePage;
import io.passbridge.sync.page.EngineServices;
import io.passbridge.sync.page.LeaseHolding;
import io.passbridge.sync.route.CycleFailure;
import io.passbridge.sync.route.JournalWriter;
import io.passbridge.sync.route.RouteSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Walks over everybody who is in step, some at a time, again and again. Where it stands is stored,
 * so that a start or another server goes on there. Changes nothing but what is known.
 */
public final class Patrol {
    private static final int NAMED = 10;
    private static final int MOST = 500;
    private static final int MINUTES = 5;
    private static final Duration TELL = Duration.ofDays(1);

    private final RouteSettings settings;
    private final EngineServices platform;
    private final Comparison comparison;
    private final LeaseHolding lease;
    private final JournalWriter journal;
    private volatile String hindrance = "";
    private Instant told;

    public Patrol(
            RouteSettings settings,
            EngineServices platform,
            Comparison comparison,
            LeaseHolding lease,
            JournalWriter journal) {
        this.settings = settings;
        this.platform = platform;
        this.comparison = comparison;
        this.lease = lease;
        this.journal = journal;
    }

    /** How many people to look at in one step: those of some minutes, so that sources rest. */
    int size() {
        return comparison.pageSize(Math.min(MOST, settings.limits().verifyPerMinute() * MINUTES));
    }

    /** Between two steps. */
    public Duration pause() {
        long millis = size() * 60_000L / settings.limits().verifyPerMinute();
        return Duration.ofMillis(Math.max(1_000, millis));
    }

    /** Why it does not go on; empty if it does. */
    public String hindrance() {
        return hindrance;
    }

    /** Looks at the next ones. */
    public void step() throws InterruptedException {
        try {
            hindrance = comparison.hindrance();
            if (hindrance.isEmpty()) {
                look(lease.token());
            }
        } catch (CycleFailure e) {
            hindrance = e.getMessage();
        } catch (StoreException e) {
            hindrance = CycleFailure.store(e).getMessage();
        }
    }

    private void look(long token) throws StoreException, CycleFailure, InterruptedException {
        Proof before = platform.proofs().proof(settings.name());
        Instant now = platform.clock().instant();
        Pass pass = before.present().orElse(new Pass(now, Optional.empty(), "", Map.of()));
        PeoplePage page =
                platform.state().people(settings.name(), Standing.IN_STEP, pass.reached(), size());
        if (page.people().isEmpty() && before.present().isEmpty()) {
            return;
        }
        List<SourceAnchor> anchors =
                page.people().stream().map(person -> new SourceAnchor(person.user())).toList();
        List<Seen> seen = anchors.isEmpty() ? List.of() : comparison.of(anchors);
        boolean last = page.next().isEmpty();
        Pass next =
                new Pass(
                        pass.begunAt(),
                        last ? Optional.of(platform.clock().instant()) : Optional.empty(),
                        page.next(),
                        sum(pass.people(), seen));
        List<Doubt> doubts = doubts(seen, platform.clock().instant());
        platform.proofs()
                .record(new Look(settings.name(), token, Optional.of(next), anchors, doubts));
        tell(before, next, doubts);
    }

    static Map<Parity, Long> sum(Map<Parity, Long> before, List<Seen> seen) {
        Map<Parity, Long> sum = new EnumMap<>(Parity.class);
        sum.putAll(before);
        seen.forEach(one -> sum.merge(one.parity(), 1L, Long::sum));
        return sum;
    }

    static List<Doubt> doubts(List<Seen> seen, Instant at) {
        return seen.stream()
                .filter(one -> one.parity().isDoubt())
                .map(one -> new Doubt(one.anchor(), one.parity(), one.reason(), at))
                .toList();
    }

    /** Who is in doubt is told once, not in each pass. */
    private void tell(Proof before, Pass pass, List<Doubt> doubts) throws StoreException {
        long known = before.doubts().values().stream().mapToLong(Long::longValue).sum();
        long now =
                platform.proofs().proof(settings.name()).doubts().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
        if (!doubts.isEmpty() && now > known) {
            Map<Fact, String> facts = new LinkedHashMap<>();
            facts.put(Fact.COUNT, "" + doubts.size());
            if (doubts.size() <= NAMED) {
                facts.put(
                        Fact.USERS,
                        doubts.stream()
                                .map(doubt -> doubt.anchor().value())
                                .collect(Collectors.joining(", ")));
            }
            facts.put(Fact.REASON, doubts.get(0).reason());
            journal.note(EventType.PARITY_DIFFERENT, facts);
        }
        Instant end = pass.endedAt().orElse(null);
        if (end != null && (told == null || Duration.between(told, end).compareTo(TELL) > 0)) {
            told = end;
            long people = pass.people().values().stream().mapToLong(Long::longValue).sum();
            Map<Fact, String> facts = new LinkedHashMap<>();
            facts.put(Fact.COUNT, "" + people);
            facts.put(Fact.SAME, "" + (pass.of(Parity.SAME) + pass.of(Parity.BY_VERSION)));
            journal.note(EventType.PARITY_PROVEN, facts);
        }
    }
}
