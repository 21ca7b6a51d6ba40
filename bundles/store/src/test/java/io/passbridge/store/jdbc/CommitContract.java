/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.UnusableReport;
import io.passbridge.connector.Watermark;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.Latencies;
import io.passbridge.store.RunHistory;
import io.passbridge.store.Standing;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState;
import io.passbridge.store.SyncState.Arrivals;
import io.passbridge.store.SyncState.Counts;
import io.passbridge.store.SyncState.PageCommit;
import io.passbridge.store.SyncState.Pause;
import io.passbridge.store.SyncState.Reading;
import io.passbridge.store.SyncState.Retry;
import io.passbridge.store.SyncState.RoutePosition;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.store.jdbc.sync.JdbcRunHistory;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page is stored as a whole or not at all, on whichever database. */
interface CommitContract extends StoreLab {
    @Test
    default void position_ofUnknownRoute_isEmpty() throws Exception {
        assertThat(state().position(route())).isEmpty();
        assertThat(state().counts(route())).isEqualTo(new Counts(Map.of()));
        assertThat(state().users(route(), List.of(new SourceAnchor("a")))).isEmpty();
        assertThat(state().dueRetries(route(), NOW, 10)).isEmpty();
        assertThat(state().retryNow(route())).isZero();
    }

    @Test
    default void position_comesBackAsItWas_withWhatIsReadAndUnderWhichGates() throws Exception {
        for (Reading reading : Reading.values()) {
            RoutePosition position =
                    new RoutePosition(
                            Watermark.of(new byte[] {7}),
                            reading,
                            NOW,
                            "kinds=" + "x".repeat(3_900) + ";mustChange=" + reading);
            state().commit(
                            new PageCommit(
                                    route(), token(), Optional.of(position), List.of(), List.of()));
            assertThat(state().position(route())).contains(position);
        }
    }

    @Test
    default void commit_storesUsersRetriesAndPosition() throws Exception {
        UserState one = user("one", 5, Outcome.APPLIED);
        UserState two = user("two", 6, Outcome.REJECTED);
        Retry three = retry("three", NOW);
        state().commit(page(token(), List.of(one, two), List.of(three)));

        assertThat(state().position(route())).contains(position(1, true));
        assertThat(state().users(route(), List.of(one.anchor(), two.anchor(), three.anchor())))
                .containsOnly(Map.entry(one.anchor(), one), Map.entry(two.anchor(), two));
        assertThat(state().retry(route(), three.anchor())).contains(three);
        assertThat(state().queued(route(), List.of(one.anchor(), three.anchor())))
                .containsExactly(three.anchor());
        assertThat(state().queued(route(), List.of())).isEmpty();
        assertThat(state().queued("no such route", List.of(three.anchor()))).isEmpty();
        assertThat(state().counts(route()))
                .isEqualTo(
                        new Counts(
                                Map.of(
                                        Standing.IN_STEP, 1L,
                                        Standing.REFUSED, 1L,
                                        Standing.WAITING, 1L)));
    }

    @Test
    default void commit_withoutPosition_leavesIt() throws Exception {
        long token = token();
        state().commit(new PageCommit(route(), token, Optional.empty(), List.of(), List.of()));
        assertThat(state().position(route())).isEmpty();
        state().commit(page(token, List.of(), List.of()));
        state().commit(new PageCommit(route(), token, Optional.empty(), List.of(), List.of()));
        assertThat(state().position(route())).contains(position(1, true));
    }

    @Test
    default void commit_addsToTheLatenciesOfTheHour_andLetsOldOnesGo() throws Exception {
        long token = token();
        Latencies quick = Latencies.of(List.of(Duration.ofMillis(3), Duration.ofSeconds(70)));
        Latencies slow = Latencies.of(List.of(Duration.ofDays(30)));
        assertThat(state().latencies(route(), NOW)).isEqualTo(Latencies.NONE);
        state().commit(arrivals(token, new Arrivals(NOW, quick)));
        state().commit(arrivals(token, new Arrivals(NOW, slow)));
        assertThat(state().latencies(route(), NOW)).isEqualTo(quick.plus(slow));

        Instant later = NOW.plus(Duration.ofHours(2));
        assertThat(state().latencies(route(), later)).isEqualTo(Latencies.NONE);
        state().commit(arrivals(token, new Arrivals(later, quick)));
        assertThat(state().latencies(route(), later)).isEqualTo(quick);
        assertThat(state().latencies(route(), NOW)).isEqualTo(quick.plus(slow).plus(quick));

        Instant nextDay = later.plus(SyncState.LATENCIES_KEPT);
        state().commit(arrivals(token, new Arrivals(nextDay, quick)));
        assertThat(state().latencies(route(), Instant.EPOCH)).isEqualTo(quick.plus(quick));
        state().forget(route());
        assertThat(state().latencies(route(), Instant.EPOCH)).isEqualTo(Latencies.NONE);
    }

    /** As after the promotion of a standby that was behind. */
    @Test
    default void runOnAStoreThatLacksItsCommits_isRefused_andTheNextOneIsNot() throws Exception {
        long token = token();
        assertThat(state().commits(route())).isZero();
        state().commit(following(token, 0, user("one", 1, Outcome.APPLIED)));
        state().commit(page(token, List.of(), List.of()));
        state().commit(following(token, 1, user("two", 1, Outcome.APPLIED)));
        assertThat(state().commits(route())).as("those of runs").isEqualTo(2);
        database()
                .write(
                        connection -> {
                            try (Statement statement = connection.createStatement()) {
                                return statement.executeUpdate(
                                        "UPDATE sync_route SET commits = 1 WHERE name = '"
                                                + route()
                                                + "'");
                            }
                        });
        assertThatThrownBy(() -> state().commit(following(token, 2, user("x", 1, Outcome.APPLIED))))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.BEHIND))
                .hasMessageContaining("ends with commit 1 of route " + route());
        assertThat(state().counts(route()).seen()).isEqualTo(2);
        state().commit(following(token, 1, user("three", 1, Outcome.APPLIED)));
        assertThat(state().counts(route()).seen()).isEqualTo(3);
    }

    private PageCommit following(long token, long commits, UserState user) {
        return new PageCommit(
                route(),
                token,
                Optional.empty(),
                List.of(user),
                List.of(),
                UnusableReport.NONE,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(commits));
    }

    private PageCommit arrivals(long token, Arrivals arrivals) {
        return new PageCommit(
                route(),
                token,
                Optional.empty(),
                List.of(),
                List.of(),
                UnusableReport.NONE,
                Optional.empty(),
                Optional.of(arrivals));
    }

    /** Whichever part cannot be written: all of it or nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"sync_user", "sync_standing", "sync_retry", "sync_run"})
    default void commit_thatFails_leavesEveryPartAsItWas(String table) throws Exception {
        long token = token();
        UserState before = user("one", 5, Outcome.APPLIED);
        state().commit(page(token, List.of(before), List.of(retry("two", NOW))));
        rename(table, table + "_away");
        try {
            PageCommit next =
                    new PageCommit(
                            route(),
                            token,
                            Optional.of(position(2, false)),
                            List.of(user("one", 6, Outcome.REJECTED)),
                            List.of(retry("three", NOW)),
                            UnusableReport.NONE,
                            Optional.of(running(7, 500)));
            assertThatThrownBy(() -> state().commit(next)).isInstanceOf(StoreException.class);
        } finally {
            rename(table + "_away", table);
        }
        assertThat(state().position(route())).contains(position(1, true));
        assertThat(state().users(route(), List.of(before.anchor())))
                .containsOnly(Map.entry(before.anchor(), before));
        assertThat(state().dueRetries(route(), NOW, 10)).containsExactly(retry("two", NOW));
        assertThat(state().counts(route()))
                .isEqualTo(new Counts(Map.of(Standing.IN_STEP, 1L, Standing.WAITING, 1L)));
    }

    default void rename(String table, String other) throws StoreException {
        database()
                .write(
                        connection -> {
                            try (Statement statement = connection.createStatement()) {
                                return statement.execute(
                                        "ALTER TABLE " + table + " RENAME TO " + other);
                            }
                        });
    }

    @Test
    default void commit_again_changesNothing() throws Exception {
        PageCommit page =
                page(token(), List.of(user("one", 5, Outcome.APPLIED)), List.of(retry("two", NOW)));
        state().commit(page);
        Counts counts = state().counts(route());
        state().commit(page);
        assertThat(state().counts(route())).isEqualTo(counts);
    }

    @Test
    default void commit_ofFinalOutcome_removesRetry() throws Exception {
        long token = token();
        state().commit(page(token, List.of(), List.of(retry("one", NOW), retry("two", NOW))));
        state().commit(page(token, List.of(user("one", 5, Outcome.APPLIED)), List.of()));
        assertThat(state().retry(route(), new SourceAnchor("one"))).isEmpty();
        assertThat(state().counts(route()))
                .isEqualTo(new Counts(Map.of(Standing.IN_STEP, 1L, Standing.WAITING, 1L)));
    }

    @Test
    default void commit_ofRetry_replacesTheOneBefore() throws Exception {
        long token = token();
        state().commit(page(token, List.of(), List.of(retry("one", NOW))));
        Retry later = retry("one", NOW.plusSeconds(60));
        state().commit(page(token, List.of(), List.of(later)));
        assertThat(state().retry(route(), later.anchor())).contains(later);
        assertThat(state().counts(route()).of(Standing.WAITING)).isOne();
    }

    @Test
    default void commit_ofTwoOutcomesOfOneUser_keepsTheLast() throws Exception {
        UserState last = user("one", 6, Outcome.CONFLICT);
        state().commit(page(token(), List.of(user("one", 5, Outcome.APPLIED), last), List.of()));
        assertThat(state().users(route(), List.of(last.anchor()))).containsValue(last);
        assertThat(state().counts(route())).isEqualTo(new Counts(Map.of(Standing.REFUSED, 1L)));
    }

    @Test
    default void commit_withAnOldToken_isFencedAndChangesNothing() throws Exception {
        long old = token();
        StoreLab.seize(database(), route(), "other");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(
                        () ->
                                state().commit(
                                                page(
                                                        old,
                                                        List.of(user("one", 5, Outcome.APPLIED)),
                                                        List.of())))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.FENCED))
                .withMessageContaining("held by other");
        assertThat(state().position(route())).isEmpty();
        assertThat(state().counts(route()).seen()).isZero();
    }

    @Test
    default void pause_isKept_apartFromThePosition() throws Exception {
        Pause pause = new Pause(NOW, "migration", true);
        state().setPause(route(), Optional.of(pause));
        assertThat(state().pause(route())).contains(pause);
        assertThat(state().position(route())).isEmpty();
        state().commit(page(token(), List.of(), List.of()));
        assertThat(state().pause(route())).contains(pause);
        state().setPause(route(), Optional.empty());
        assertThat(state().pause(route())).isEmpty();
        assertThat(state().position(route())).isPresent();
    }

    /** A kill leaves in the history what was committed, neither more nor less. */
    @Test
    default void run_isRecordedWithItsPageOrNotAtAll() throws Exception {
        RunHistory history = new JdbcRunHistory(database());
        long token = token();
        long id = history.nextId();
        state().commit(recorded(token, running(id, 500)));
        state().commit(recorded(token, running(id, 1_000)));
        assertThatThrownBy(() -> state().commit(recorded(token - 1, running(id, 1_500))))
                .isInstanceOf(StoreException.class);

        assertThat(history.list(route(), 9)).containsExactly(running(id, 1_000));
    }

    default PageCommit recorded(long token, RunHistory.Run run) {
        return new PageCommit(
                route(),
                token,
                Optional.of(position(1, true)),
                List.of(),
                List.of(),
                UnusableReport.NONE,
                Optional.of(run));
    }

    default RunHistory.Run running(long id, long read) {
        return new RunHistory.Run(
                id,
                route(),
                true,
                NOW,
                Optional.empty(),
                RunHistory.Result.RUNNING,
                read,
                read,
                0,
                0,
                0,
                "");
    }

    @Test
    default void forget_removesEverythingOfOneRouteOnly() throws Exception {
        long token = token();
        String other = "other_" + UUID.randomUUID();
        List<UserState> users =
                IntStream.range(0, 12_000)
                        .mapToObj(i -> user("user-" + i, 1, Outcome.APPLIED))
                        .toList();
        state().commit(page(token, users, List.of(retry("one", NOW))));
        state().commit(
                        new PageCommit(
                                other,
                                StoreLab.seize(database(), other, "test"),
                                Optional.of(position(9, false)),
                                users.subList(0, 3),
                                List.of()));
        state().forget(route());

        assertThat(state().position(route())).isEmpty();
        state().commit(page(token, List.of(), List.of()));
        assertThat(state().counts(route())).isEqualTo(new Counts(Map.of()));
        assertThat(state().users(route(), List.of(users.get(0).anchor()))).isEmpty();
        assertThat(state().position(other)).contains(position(9, false));
        assertThat(state().counts(other)).isEqualTo(new Counts(Map.of(Standing.IN_STEP, 3L)));
    }
}
