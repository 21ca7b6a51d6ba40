/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.UnusableItem;
import io.passbridge.connector.UnusableReport;
import io.passbridge.connector.Watermark;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.KeySetMarks.Mark;
import io.passbridge.store.Standing;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState.Counts;
import io.passbridge.store.SyncState.PageCommit;
import io.passbridge.store.SyncState.Pause;
import io.passbridge.store.SyncState.PeoplePage;
import io.passbridge.store.SyncState.Person;
import io.passbridge.store.SyncState.Reading;
import io.passbridge.store.SyncState.Retry;
import io.passbridge.store.SyncState.RoutePosition;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.store.WriterLease.Lease;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What sync state and the lease promise, on whichever database. */
abstract class StoreContract {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final String route = "corp_" + UUID.randomUUID();
    private Database database;
    private JdbcSyncState state;
    private JdbcWriterLease lease;

    abstract Location location() throws Exception;

    @BeforeEach
    void open() throws Exception {
        database = location().open();
        state = new JdbcSyncState(database);
        lease = new JdbcWriterLease(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void keySetMark_isReplacedForItsServerAndKeySetAlone() throws Exception {
        JdbcKeySetMarks marks = new JdbcKeySetMarks(database);
        String server = "server-" + UUID.randomUUID();
        Mark first = new Mark(UUID.randomUUID().toString(), 1, 1, "aa");
        Mark other = new Mark(UUID.randomUUID().toString(), 7, 3, "cc");
        assertThat(marks.find(server, first.keySetId())).isEmpty();
        marks.put(server, first);
        marks.put(server, other);
        marks.put(server + "-2", first);
        Mark second = new Mark(first.keySetId(), 2, 2, "bb");
        marks.put(server, second);
        assertThat(marks.find(server, first.keySetId())).contains(second);
        assertThat(marks.find(server, other.keySetId())).contains(other);
        assertThat(marks.find(server + "-2", first.keySetId())).contains(first);
    }

    private long token() throws StoreException {
        return lease.seize("test", MINUTE).token();
    }

    private static UserState user(String anchor, long sequence, Outcome outcome) {
        return new UserState(
                new SourceAnchor(anchor),
                new ChangeVersion(sequence, 7),
                AccountState.of(AccountState.Flag.DISABLED),
                outcome,
                outcome == Outcome.APPLIED ? "" : "the reason",
                NOW);
    }

    private static Retry retry(String anchor, Instant dueAt) {
        return new Retry(
                new SourceAnchor(anchor), new ChangeVersion(3, 0), 2, dueAt, "target unreachable");
    }

    private static RoutePosition position(int mark, boolean full) {
        return new RoutePosition(
                Watermark.of(new byte[] {(byte) mark, 0}),
                full ? Reading.FULL : Reading.CHANGES,
                NOW,
                "gates");
    }

    private PageCommit page(long token, List<UserState> users, List<Retry> retries) {
        return new PageCommit(route, token, Optional.of(position(1, true)), users, retries);
    }

    @Test
    void position_ofUnknownRoute_isEmpty() throws Exception {
        assertThat(state.position(route)).isEmpty();
        assertThat(state.counts(route)).isEqualTo(new Counts(Map.of()));
        assertThat(state.users(route, List.of(new SourceAnchor("a")))).isEmpty();
        assertThat(state.dueRetries(route, NOW, 10)).isEmpty();
        assertThat(state.retryNow(route)).isZero();
    }

    @Test
    void position_comesBackAsItWas_withWhatIsReadAndUnderWhichGates() throws Exception {
        for (Reading reading : Reading.values()) {
            RoutePosition position =
                    new RoutePosition(
                            Watermark.of(new byte[] {7}),
                            reading,
                            NOW,
                            "kinds=" + "x".repeat(3_900) + ";mustChange=" + reading);
            state.commit(
                    new PageCommit(route, token(), Optional.of(position), List.of(), List.of()));
            assertThat(state.position(route)).contains(position);
        }
    }

    @Test
    void commit_storesUsersRetriesAndPosition() throws Exception {
        UserState one = user("one", 5, Outcome.APPLIED);
        UserState two = user("two", 6, Outcome.REJECTED);
        Retry three = retry("three", NOW);
        state.commit(page(token(), List.of(one, two), List.of(three)));

        assertThat(state.position(route)).contains(position(1, true));
        assertThat(state.users(route, List.of(one.anchor(), two.anchor(), three.anchor())))
                .containsOnly(Map.entry(one.anchor(), one), Map.entry(two.anchor(), two));
        assertThat(state.retry(route, three.anchor())).contains(three);
        assertThat(state.counts(route))
                .isEqualTo(
                        new Counts(
                                Map.of(
                                        Standing.IN_STEP, 1L,
                                        Standing.REFUSED, 1L,
                                        Standing.WAITING, 1L)));
    }

    @Test
    void whoeverWaitsOrIsUnusableAgain_isCountedAndListedOnce() throws Exception {
        long token = token();
        UserState anna = user("anna", 5, Outcome.APPLIED);
        UserState bert = user("bert", 5, Outcome.REJECTED);
        UserState carl = user("carl", 5, Outcome.APPLIED);
        state.commit(page(token, List.of(anna, bert, carl), List.of()));
        UnusableItem broken =
                new UnusableItem("people.ldif:7", "carla", Optional.of(carl.anchor()), "broken");
        UnusableItem nameless = new UnusableItem("people.ldif:9", "", Optional.empty(), "torn");
        state.commit(
                unusable(token, List.of(retry("anna", NOW)), false, List.of(broken, nameless)));

        assertThat(state.counts(route))
                .isEqualTo(
                        new Counts(
                                Map.of(
                                        Standing.REFUSED, 1L,
                                        Standing.WAITING, 1L,
                                        Standing.UNUSABLE, 2L)));
        assertThat(state.counts(route).seen()).isEqualTo(4);
        assertThat(state.counts(route).leftOut()).isEqualTo(4);
        assertThat(state.people(route, Standing.REFUSED, "", 10).people())
                .containsExactly(new Person("bert", "", "the reason"));
        assertThat(state.people(route, Standing.WAITING, "", 10).people())
                .containsExactly(new Person("anna", "", "target unreachable"));
        assertThat(state.people(route, Standing.IN_STEP, "", 10).people()).isEmpty();
        assertThat(state.people(route, Standing.UNUSABLE, "", 10).people())
                .containsExactly(
                        new Person("carla", "people.ldif:7", "broken"),
                        new Person("", "people.ldif:9", "torn"));
        assertThat(state.reasons(route, Standing.UNUSABLE, 10))
                .isEqualTo(Map.of("broken", 1L, "torn", 1L));
        assertThat(state.reasons(route, Standing.REFUSED, 10)).isEqualTo(Map.of("the reason", 1L));
    }

    @Test
    void unusable_isCountedOnceAPlace_andEndsWithTheUsersNextOutcomeOrANewStart() throws Exception {
        long token = token();
        UnusableItem carl =
                new UnusableItem("7", "carl", Optional.of(new SourceAnchor("carl")), "broken");
        UnusableItem torn = new UnusableItem("9", "", Optional.empty(), "torn");
        state.commit(unusable(token, List.of(), false, List.of(carl, torn)));
        state.commit(unusable(token, List.of(), false, List.of(carl, torn)));
        assertThat(state.counts(route).of(Standing.UNUSABLE)).isEqualTo(2);
        state.commit(page(token, List.of(user("carl", 5, Outcome.APPLIED)), List.of()));
        assertThat(state.counts(route))
                .isEqualTo(new Counts(Map.of(Standing.IN_STEP, 1L, Standing.UNUSABLE, 1L)));
        state.commit(unusable(token, List.of(), true, List.of()));
        assertThat(state.counts(route)).isEqualTo(new Counts(Map.of(Standing.IN_STEP, 1L)));
    }

    @Test
    void people_comeInPages_eachOfThemOnce() throws Exception {
        List<UserState> users =
                IntStream.range(0, 25).mapToObj(i -> user("u" + i, 1, Outcome.REJECTED)).toList();
        state.commit(page(token(), users, List.of()));
        List<String> listed = new ArrayList<>();
        String after = "";
        do {
            PeoplePage some = state.people(route, Standing.REFUSED, after, 10);
            some.people().forEach(person -> listed.add(person.user()));
            after = some.next();
        } while (!after.isEmpty());
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(
                        users.stream().map(u -> u.anchor().value()).toList());
    }

    @Test
    void deletedAndLeftScope_areNotInStep() throws Exception {
        UserState gone = gone("gone", AccountState.Flag.DELETED, Outcome.APPLIED);
        UserState outside = gone("outside", AccountState.Flag.OUT_OF_SCOPE, Outcome.ALREADY);
        UserState stays = gone("stays", AccountState.Flag.DELETED, Outcome.REJECTED);
        state.commit(page(token(), List.of(gone, outside, stays), List.of()));
        Counts counts = state.counts(route);
        assertThat(counts)
                .isEqualTo(
                        new Counts(
                                Map.of(
                                        Standing.GONE, 1L,
                                        Standing.OUTSIDE, 1L,
                                        Standing.REFUSED, 1L)));
        assertThat(counts.seen()).isEqualTo(2);
        assertThat(state.people(route, Standing.OUTSIDE, "", 10).people()).hasSize(1);
        assertThat(state.people(route, Standing.GONE, "", 10).people()).hasSize(1);
        assertThat(state.people(route, Standing.REFUSED, "", 10).people()).hasSize(1);
    }

    private static UserState gone(String anchor, AccountState.Flag flag, Outcome outcome) {
        return new UserState(
                new SourceAnchor(anchor),
                new ChangeVersion(1, 0),
                AccountState.of(flag),
                outcome,
                "",
                NOW);
    }

    private PageCommit unusable(
            long token, List<Retry> retries, boolean startsOver, List<UnusableItem> items) {
        return new PageCommit(
                route,
                token,
                Optional.empty(),
                List.of(),
                retries,
                new UnusableReport(startsOver, items));
    }

    @Test
    void commit_withoutPosition_leavesIt() throws Exception {
        long token = token();
        state.commit(new PageCommit(route, token, Optional.empty(), List.of(), List.of()));
        assertThat(state.position(route)).isEmpty();
        state.commit(page(token, List.of(), List.of()));
        state.commit(new PageCommit(route, token, Optional.empty(), List.of(), List.of()));
        assertThat(state.position(route)).contains(position(1, true));
    }

    /** Whichever part cannot be written: all of it or nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"sync_user", "sync_standing", "sync_retry"})
    void commit_thatFails_leavesEveryPartAsItWas(String table) throws Exception {
        long token = token();
        UserState before = user("one", 5, Outcome.APPLIED);
        state.commit(page(token, List.of(before), List.of(retry("two", NOW))));
        rename(table, table + "_away");
        try {
            PageCommit next =
                    new PageCommit(
                            route,
                            token,
                            Optional.of(position(2, false)),
                            List.of(user("one", 6, Outcome.REJECTED)),
                            List.of(retry("three", NOW)));
            assertThatThrownBy(() -> state.commit(next)).isInstanceOf(StoreException.class);
        } finally {
            rename(table + "_away", table);
        }
        assertThat(state.position(route)).contains(position(1, true));
        assertThat(state.users(route, List.of(before.anchor())))
                .containsOnly(Map.entry(before.anchor(), before));
        assertThat(state.dueRetries(route, NOW, 10)).containsExactly(retry("two", NOW));
        assertThat(state.counts(route))
                .isEqualTo(new Counts(Map.of(Standing.IN_STEP, 1L, Standing.WAITING, 1L)));
    }

    private void rename(String table, String other) throws StoreException {
        database.write(
                connection -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement.execute("ALTER TABLE " + table + " RENAME TO " + other);
                    }
                });
    }

    @Test
    void commit_again_changesNothing() throws Exception {
        PageCommit page =
                page(token(), List.of(user("one", 5, Outcome.APPLIED)), List.of(retry("two", NOW)));
        state.commit(page);
        Counts counts = state.counts(route);
        state.commit(page);
        assertThat(state.counts(route)).isEqualTo(counts);
    }

    @Test
    void commit_ofFinalOutcome_removesRetry() throws Exception {
        long token = token();
        state.commit(page(token, List.of(), List.of(retry("one", NOW), retry("two", NOW))));
        state.commit(page(token, List.of(user("one", 5, Outcome.APPLIED)), List.of()));
        assertThat(state.retry(route, new SourceAnchor("one"))).isEmpty();
        assertThat(state.counts(route))
                .isEqualTo(new Counts(Map.of(Standing.IN_STEP, 1L, Standing.WAITING, 1L)));
    }

    @Test
    void commit_ofRetry_replacesTheOneBefore() throws Exception {
        long token = token();
        state.commit(page(token, List.of(), List.of(retry("one", NOW))));
        Retry later = retry("one", NOW.plusSeconds(60));
        state.commit(page(token, List.of(), List.of(later)));
        assertThat(state.retry(route, later.anchor())).contains(later);
        assertThat(state.counts(route).of(Standing.WAITING)).isOne();
    }

    @Test
    void commit_ofTwoOutcomesOfOneUser_keepsTheLast() throws Exception {
        UserState last = user("one", 6, Outcome.CONFLICT);
        state.commit(page(token(), List.of(user("one", 5, Outcome.APPLIED), last), List.of()));
        assertThat(state.users(route, List.of(last.anchor()))).containsValue(last);
        assertThat(state.counts(route)).isEqualTo(new Counts(Map.of(Standing.REFUSED, 1L)));
    }

    @Test
    void counts_followEveryChangeOfOutcome() throws Exception {
        long token = token();
        List<UserState> users =
                IntStream.range(0, 2_500)
                        .mapToObj(i -> user("user-" + i, 1, Outcome.APPLIED))
                        .toList();
        state.commit(page(token, users, List.of()));
        state.commit(
                page(
                        token,
                        users.subList(0, 1_200).stream()
                                .map(user -> user(user.anchor().value(), 2, Outcome.ALREADY))
                                .toList(),
                        List.of()));
        assertThat(state.counts(route)).isEqualTo(new Counts(Map.of(Standing.IN_STEP, 2_500L)));
        assertThat(state.users(route, users.stream().map(UserState::anchor).toList()))
                .hasSize(2_500);
    }

    @Test
    void commit_withAnOldToken_isFencedAndChangesNothing() throws Exception {
        long old = token();
        lease.seize("other", MINUTE);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(
                        () ->
                                state.commit(
                                        page(
                                                old,
                                                List.of(user("one", 5, Outcome.APPLIED)),
                                                List.of())))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.FENCED))
                .withMessageContaining("held by other");
        assertThat(state.position(route)).isEmpty();
        assertThat(state.counts(route).seen()).isZero();
    }

    @Test
    void dueRetries_thoseThatWaitedLongestComeFirst() throws Exception {
        Retry first = retry("z", NOW.minusSeconds(30));
        Retry second = retry("a", NOW.minusSeconds(20));
        Retry later = retry("m", NOW.plusSeconds(30));
        state.commit(page(token(), List.of(), List.of(later, second, first)));
        assertThat(state.dueRetries(route, NOW, 10)).containsExactly(first, second);
        assertThat(state.dueRetries(route, NOW, 1)).containsExactly(first);
    }

    @Test
    void retryNow_makesEverythingDue() throws Exception {
        state.commit(
                page(
                        token(),
                        List.of(),
                        List.of(retry("a", NOW), retry("b", NOW.plusSeconds(3_600)))));
        assertThat(state.retryNow(route)).isEqualTo(2);
        assertThat(state.dueRetries(route, Instant.now().plusSeconds(30), 10)).hasSize(2);
    }

    @Test
    void pause_isKept_apartFromThePosition() throws Exception {
        Pause pause = new Pause(NOW, "migration", true);
        state.setPause(route, Optional.of(pause));
        assertThat(state.pause(route)).contains(pause);
        assertThat(state.position(route)).isEmpty();
        state.commit(page(token(), List.of(), List.of()));
        assertThat(state.pause(route)).contains(pause);
        state.setPause(route, Optional.empty());
        assertThat(state.pause(route)).isEmpty();
        assertThat(state.position(route)).isPresent();
    }

    @Test
    void forget_removesEverythingOfOneRouteOnly() throws Exception {
        long token = token();
        String other = "other_" + UUID.randomUUID();
        List<UserState> users =
                IntStream.range(0, 12_000)
                        .mapToObj(i -> user("user-" + i, 1, Outcome.APPLIED))
                        .toList();
        state.commit(page(token, users, List.of(retry("one", NOW))));
        state.commit(
                new PageCommit(
                        other,
                        token,
                        Optional.of(position(9, false)),
                        users.subList(0, 3),
                        List.of()));
        state.forget(route);

        assertThat(state.position(route)).isEmpty();
        state.commit(page(token, List.of(), List.of()));
        assertThat(state.counts(route)).isEqualTo(new Counts(Map.of()));
        assertThat(state.users(route, List.of(users.get(0).anchor()))).isEmpty();
        assertThat(state.position(other)).contains(position(9, false));
        assertThat(state.counts(other)).isEqualTo(new Counts(Map.of(Standing.IN_STEP, 3L)));
    }

    @Test
    void text_thatADatabaseCannotHold_isStoredAllTheSame() throws Exception {
        UserState odd =
                new UserState(
                        new SourceAnchor("odd-\u00e9\u4e2d"),
                        new ChangeVersion(0, 0),
                        AccountState.ACTIVE,
                        Outcome.REJECTED,
                        "nul \0 lone \ud800 " + "x".repeat(3_000),
                        NOW);
        state.commit(page(token(), List.of(odd), List.of()));
        assertThat(state.users(route, List.of(odd.anchor())).get(odd.anchor()).detail())
                .startsWith("nul \uFFFD lone ? ")
                .hasSize(2_000)
                .endsWith("\u2026");
    }

    @Test
    void acquire_whileAnotherHolds_isEmpty() throws Exception {
        Lease mine = lease.seize("mine", MINUTE);
        assertThat(lease.acquire("other", MINUTE)).isEmpty();
        assertThat(lease.current()).contains(mine);
    }

    @Test
    void acquire_again_renewsWithTheSameToken() throws Exception {
        Lease first = lease.seize("mine", MINUTE);
        Lease again = lease.acquire("mine", Duration.ofMinutes(5)).orElseThrow();
        assertThat(again.token()).isEqualTo(first.token());
        assertThat(again.until()).isAfter(first.until());
    }

    @Test
    void acquire_afterTheEnd_raisesTheToken() throws Exception {
        Lease first = lease.seize("mine", Duration.ofMillis(1));
        await().until(() -> lease.current().isEmpty());
        Lease second = lease.acquire("other", MINUTE).orElseThrow();
        assertThat(second.token()).isGreaterThan(first.token());
        assertThat(lease.acquire("mine", MINUTE)).isEmpty();
    }

    @Test
    void release_givesTheLeaseToTheNext() throws Exception {
        Lease first = lease.seize("mine", MINUTE);
        lease.release("other");
        assertThat(lease.current()).contains(first);
        lease.release("mine");
        assertThat(lease.current()).isEmpty();
        assertThat(lease.acquire("other", MINUTE).orElseThrow().token())
                .isGreaterThan(first.token());
    }
}
