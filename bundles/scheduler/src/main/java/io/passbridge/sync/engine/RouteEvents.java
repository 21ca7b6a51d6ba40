/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.connector.UnusableItem;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.event.EventType;
import io.passbridge.store.SyncState.Retry;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.sync.Progress;
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
final class RouteEvents {
    private static final Duration FULL_RATE = Duration.ofSeconds(10);
    private static final int NAMED = 10;

    private final JournalWriter journal;
    private final Clock clock;
    private final boolean full;
    private final RunTally tally;
    private final LeftOut leftOut = new LeftOut();
    private Instant nextProgress;
    private boolean begun;

    RouteEvents(JournalWriter journal, Clock clock, boolean full, RunTally tally) {
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
        begun = true;
        if (!full) {
            journal.note(
                    EventType.PASSWORD_REQUEST,
                    named(updates.size(), updates.stream().map(PasswordUpdate::anchor)));
        }
    }

    void settled(Settlement page) {
        PageResult result = page.result();
        if (full) {
            progress();
        } else if (result.somethingHappened()) {
            journal.note(EventType.PASSWORD_RESULT, numbers(result));
            if (result.stateOnly() > 0) {
                journal.note(EventType.STATE_CHANGES, Map.of("users", "" + result.stateOnly()));
            }
        }
        queue(page);
        page.finals().stream()
                .filter(u -> u.outcome() == Outcome.REJECTED)
                .forEach(u -> leftOut.add(u.detail(), u.anchor().value()));
        page.page().unusable().items().forEach(i -> leftOut.add(i.reason(), nameOf(i)));
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

    private void queue(Settlement page) {
        List<Retry> added =
                page.retries().stream()
                        .filter(r -> !page.page().earlier().containsKey(r.anchor()))
                        .toList();
        if (!added.isEmpty()) {
            Map<String, String> facts = named(added.size(), added.stream().map(Retry::anchor));
            facts.put("reason", added.get(0).reason());
            journal.note(EventType.RETRY_ADDED, facts);
        }
        if (!page.givenUp().isEmpty()) {
            Map<String, String> facts =
                    named(page.givenUp().size(), page.givenUp().stream().map(UserState::anchor));
            facts.put("reason", page.givenUp().get(0).detail());
            journal.note(EventType.NOT_RETRIED, facts);
        }
        List<UserState> removed =
                page.finals().stream()
                        .filter(u -> page.page().earlier().containsKey(u.anchor()))
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
        Map<String, String> facts = numbers(tally.sum());
        facts.put("expected", progress.expected() < 0 ? "unknown" : "" + progress.expected());
        facts.put("perSecond", "" + Math.round(progress.perSecond()));
        journal.note(EventType.FULL_PROGRESS, facts);
    }

    void expired(String reason) {
        journal.note(EventType.WATERMARK_EXPIRED, Map.of("reason", reason));
    }

    void storeFailed(String reason) {
        journal.note(EventType.STATE_STORE_FAILED, Map.of("reason", reason));
    }

    void storeDeadlock(String reason) {
        journal.note(EventType.STORE_DEADLOCK, Map.of("reason", reason));
    }

    void completed(PageResult sum) {
        tellLeftOut();
        if (begun && !full) {
            journal.note(EventType.BATCH_COMPLETED, numbers(sum));
        }
    }

    static Map<String, String> numbers(PageResult sum) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("read", "" + sum.read());
        facts.put("applied", "" + sum.applied());
        facts.put("unchanged", "" + sum.unchanged());
        facts.put("failed", "" + sum.failed());
        facts.put("retried", "" + sum.retried());
        return facts;
    }

    private static Map<String, String> named(int count, Stream<SourceAnchor> anchors) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("count", "" + count);
        List<String> names = anchors.limit(NAMED + 1).map(SourceAnchor::value).toList();
        if (names.size() <= NAMED) {
            facts.put("users", String.join(", ", names));
        }
        return facts;
    }
}
