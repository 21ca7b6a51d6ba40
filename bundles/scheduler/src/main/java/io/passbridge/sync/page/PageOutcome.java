/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.health.Finding;
import io.passbridge.store.Latencies;
import io.passbridge.store.SyncState.Arrivals;
import io.passbridge.store.SyncState.Retry;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.sync.gate.Gates;
import io.passbridge.sync.route.Backoff;
import io.passbridge.sync.route.RouteSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what becomes of the users of one page: final, or owed to the retry queue. */
final class PageOutcome {
    private final PreparedPage page;
    private final RouteSettings settings;
    private final Backoff backoff;
    private final Instant now;
    private final List<UserState> finals = new ArrayList<>();
    private final List<Retry> retries = new ArrayList<>();
    private final List<UserState> givenUp = new ArrayList<>();
    private final List<Instant> made = new ArrayList<>();
    private int applied;
    private int unchanged;
    private int stateOnly;
    private int failed;

    PageOutcome(PreparedPage page, RouteSettings settings, Backoff backoff, Instant now) {
        this.page = page;
        this.settings = settings;
        this.backoff = backoff;
        this.now = now;
        this.unchanged = page.unchanged();
        for (UserState refused : page.refused()) {
            finals.add(refused);
            failed++;
        }
        finals.addAll(page.settled());
        for (Owed owed : page.owed()) {
            retry(owed, Outcome.REJECTED);
        }
        page.rereads().forEach(this::waits);
    }

    void applied(PreparedUser user, ItemOutcome outcome, UserState known) {
        PasswordUpdate update = user.update().orElseThrow();
        Owed owed = user.owing(outcome.detail());
        boolean gone = Gates.gone(update.state());
        switch (outcome.outcome()) {
            case APPLIED, ALREADY -> settled(user, update, outcome);
            case CONFLICT -> {
                unchanged++;
                if (known == null || known.version().compareTo(user.version()) < 0) {
                    finals.add(state(owed, Outcome.CONFLICT, "the target holds a newer version"));
                }
            }
            case NO_SUCH_USER -> {
                if (gone) {
                    unchanged++;
                    finals.add(state(owed, Outcome.NO_SUCH_USER, outcome.detail()));
                } else {
                    retry(owed.because("the target has no such user"), Outcome.NO_SUCH_USER);
                }
            }
            case REJECTED -> {
                failed++;
                finals.add(state(owed, Outcome.REJECTED, outcome.detail()));
            }
            case RETRY -> retry(owed, Outcome.REJECTED);
        }
    }

    private void settled(PreparedUser user, PasswordUpdate update, ItemOutcome outcome) {
        Owed facts = user.owing(user.refusal());
        if (!user.refusal().isEmpty()) {
            failed++;
            finals.add(state(facts, Outcome.REJECTED, user.refusal()));
            return;
        }
        if (outcome.outcome() == Outcome.APPLIED) {
            applied++;
            stateOnly += update.digest().isEmpty() ? 1 : 0;
        } else {
            unchanged++;
        }
        if (update.digest().isPresent() && page.timed().contains(user.anchor())) {
            made.add(update.changedAt());
        }
        finals.add(state(facts, outcome.outcome(), outcome.detail()));
    }

    /**
     * How long the changes took that got to the target.
     *
     * @param at when the target had confirmed them
     */
    Optional<Arrivals> arrivals(Instant at) {
        return made.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Arrivals(
                                at,
                                Latencies.of(
                                        made.stream()
                                                .map(time -> Duration.between(time, at))
                                                .toList())));
    }

    void notProvisioned(PreparedUser user, ItemOutcome made) {
        String reason = "the user could not be made at the target: " + made.detail();
        Owed owed = user.owing(reason);
        if (made.outcome() == Outcome.REJECTED) {
            failed++;
            finals.add(state(owed, Outcome.REJECTED, reason));
        } else {
            retry(owed, made.outcome() == Outcome.CONFLICT ? Outcome.CONFLICT : Outcome.REJECTED);
        }
    }

    /** To be read again at once; no attempt has failed. */
    void waits(Owed user) {
        retries.add(new Retry(user.anchor(), user.version(), 0, now, user.reason()));
    }

    private void retry(Owed owed, Outcome inTheEnd) {
        Retry before = page.origin().earlier().get(owed.anchor());
        boolean same = before != null && before.version().compareTo(owed.version()) >= 0;
        int attempts = same ? before.attempts() + 1 : 1;
        if (attempts >= settings.limits().retryAttempts()) {
            UserState end =
                    state(
                            owed,
                            inTheEnd,
                            "given up after "
                                    + Finding.count(attempts, "attempt", "attempts")
                                    + ": "
                                    + owed.reason());
            failed++;
            finals.add(end);
            givenUp.add(end);
        } else {
            retries.add(
                    new Retry(
                            owed.anchor(),
                            owed.version(),
                            attempts,
                            now.plus(backoff.after(attempts)),
                            owed.reason()));
        }
    }

    private UserState state(Owed of, Outcome outcome, String detail) {
        return new UserState(of.anchor(), of.version(), of.state(), outcome, detail, now);
    }

    boolean hasEntries() {
        return !finals.isEmpty() || !retries.isEmpty();
    }

    PreparedPage page() {
        return page;
    }

    List<UserState> finals() {
        return finals;
    }

    List<Retry> retries() {
        return retries;
    }

    /** Of the finals: users whose attempts are used up. */
    List<UserState> givenUp() {
        return givenUp;
    }

    PageResult result() {
        return new PageResult(
                page.origin().read(), applied, unchanged, failed, retries.size(), stateOnly);
    }
}
