/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.connector.UnusableItem;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.store.SyncState.Retry;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.sync.Progress;
import io.passbridge.sync.route.JournalWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The journal's view of one run: one record a page at most for small runs, one every few seconds
 * for full ones, whatever the number of users.
 */
public final class RouteEvents {
    private static final Duration FULL_RATE = Duration.ofSeconds(10);
    private static final int NAMED = 10;

    private final JournalWriter journal;
    private final Clock clock;
    private final boolean full;
    private final RunTally tally;
    private final LeftOut leftOut = new LeftOut();
    private Instant nextProgress;
    private boolean begun;
    private boolean told;

    public RouteEvents(JournalWriter journal, Clock clock, boolean full, RunTally tally) {
        this.journal = journal;
        this.clock = clock;
        this.full = full;
        this.tally = tally;
        this.nextProgress = clock.instant().plus(FULL_RATE);
    }

    void sent(List<PasswordUpdate> updates) {
        if (!begun && !full) {
            journal.note(EventType.BATCH_STARTED, Map.of());
        }
        if (!told && updates.stream().anyMatch(Sealing::sealed)) {
            journal.note(EventType.SOURCE_CREDENTIALS, Map.of());
            told = true;
        }
        begun = true;
        if (!full) {
            journal.note(
                    EventType.PASSWORD_REQUEST,
                    named(updates.size(), updates.stream().map(PasswordUpdate::anchor)));
        }
    }

    void settled(PageOutcome page) {
        PageResult result = page.result();
        if (full) {
            progress();
        } else if (result.somethingHappened()) {
            journal.note(EventType.PASSWORD_RESULT, numbers(result));
            if (result.stateOnly() > 0) {
                journal.note(EventType.STATE_CHANGES, Map.of(Fact.USERS, "" + result.stateOnly()));
            }
        }
        queue(page);
        page.finals().stream()
                .filter(u -> u.outcome() == Outcome.REJECTED)
                .forEach(u -> leftOut.add(u.detail(), u.anchor().value()));
        page.page().origin().unusable().items().forEach(i -> leftOut.add(i.reason(), nameOf(i)));
        if (!full) {
            tellLeftOut();
        }
    }

    private void tellLeftOut() {
        leftOut.drain(facts -> journal.note(EventType.USER_FAILED, facts));
    }

    private static String nameOf(UnusableItem item) {
        return item.name().isEmpty()
                ? item.place()
                : "%s (%s)".formatted(item.name(), item.place());
    }

    private void queue(PageOutcome page) {
        List<Retry> added =
                page.retries().stream()
                        .filter(r -> !page.page().origin().earlier().containsKey(r.anchor()))
                        .toList();
        if (!added.isEmpty()) {
            Map<Fact, String> facts = named(added.size(), added.stream().map(Retry::anchor));
            facts.put(Fact.REASON, added.get(0).reason());
            journal.note(EventType.RETRY_ADDED, facts);
        }
        if (!page.givenUp().isEmpty()) {
            Map<Fact, String> facts =
                    named(page.givenUp().size(), page.givenUp().stream().map(UserState::anchor));
            facts.put(Fact.REASON, page.givenUp().get(0).detail());
            journal.note(EventType.NOT_RETRIED, facts);
        }
        List<UserState> removed =
                page.finals().stream()
                        .filter(u -> page.page().origin().earlier().containsKey(u.anchor()))
                        .filter(u -> !page.givenUp().contains(u))
                        .toList();
        if (!removed.isEmpty()) {
            journal.note(
                    EventType.RETRY_REMOVED,
                    named(removed.size(), removed.stream().map(UserState::anchor)));
        }
    }

    private void progress() {
        Instant now = clock.instant();
        if (now.isBefore(nextProgress)) {
            return;
        }
        nextProgress = now.plus(FULL_RATE);
        Progress progress = tally.progress();
        Map<Fact, String> facts = numbers(tally.sum());
        facts.put(Fact.EXPECTED, progress.expected() < 0 ? "unknown" : "" + progress.expected());
        facts.put(Fact.PER_SECOND, "" + Math.round(progress.perSecond()));
        journal.note(EventType.FULL_PROGRESS, facts);
    }

    public void expired(String reason) {
        journal.note(EventType.WATERMARK_EXPIRED, Map.of(Fact.REASON, reason));
    }

    void storeFailed(String reason) {
        journal.note(EventType.STATE_STORE_FAILED, Map.of(Fact.REASON, reason));
    }

    void storeBehind(String reason) {
        journal.note(EventType.STORE_BEHIND, Map.of(Fact.REASON, reason));
    }

    void storeDeadlock(String reason) {
        journal.note(EventType.STORE_DEADLOCK, Map.of(Fact.REASON, reason));
    }

    public void completed(PageResult sum) {
        tellLeftOut();
        if (begun && !full) {
            journal.note(EventType.BATCH_COMPLETED, numbers(sum));
        }
    }

    public static Map<Fact, String> numbers(PageResult sum) {
        Map<Fact, String> facts = new LinkedHashMap<>();
        facts.put(Fact.READ, "" + sum.read());
        facts.put(Fact.APPLIED, "" + sum.applied());
        facts.put(Fact.UNCHANGED, "" + sum.unchanged());
        facts.put(Fact.FAILED, "" + sum.failed());
        facts.put(Fact.RETRIED, "" + sum.retried());
        return facts;
    }

    private static Map<Fact, String> named(int count, Stream<SourceAnchor> anchors) {
        Map<Fact, String> facts = new LinkedHashMap<>();
        facts.put(Fact.COUNT, "" + count);
        List<String> names = anchors.limit(NAMED + 1).map(SourceAnchor::value).toList();
        if (names.size() <= NAMED) {
            facts.put(Fact.USERS, String.join(", ", names));
        }
        return facts;
    }
}
