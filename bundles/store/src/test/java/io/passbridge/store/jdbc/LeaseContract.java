/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.store.RouteLeases;
import io.passbridge.store.RouteLeases.Board;
import io.passbridge.store.RouteLeases.Lease;
import io.passbridge.store.RouteLeases.Server;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState.PageCommit;
import io.passbridge.store.jdbc.sync.JdbcWriterLease;
import io.passbridge.store.jdbc.sync.LeaseRow;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One server at a time runs a route, on whichever database. */
interface LeaseContract extends StoreLab {
    private String server() {
        return "host/" + UUID.randomUUID();
    }

    private Board here(String server) throws StoreException {
        return leases().renew(new Server(server, false, Map.of(route(), true)), MINUTE);
    }

    private Board take(String server) throws StoreException {
        return leases().take(List.of(route()), server);
    }

    /** As a server of an earlier release takes, renews and leaves the one lease of its time. */
    private void elder(String holder, Duration validity) throws StoreException {
        database()
                .write(
                        connection -> {
                            try (PreparedStatement update =
                                    connection.prepareStatement(
                                            "UPDATE writer_lease SET holder = ?, token = token + 1,"
                                                    + " until_ms = ?")) {
                                update.setString(1, holder);
                                update.setLong(
                                        2,
                                        database().engine().now(connection).toEpochMilli()
                                                + validity.toMillis());
                                return update.executeUpdate();
                            }
                        });
    }

    @Test
    default void board_showsTheServersThatAreThere_andWhatTheyCanRun() throws Exception {
        String one = server();
        String two = server();
        Server first = new Server(one, true, Map.of("a_b", true, "c_d", false));
        leases().renew(first, MINUTE);
        Board board = here(two);
        assertThat(board.servers()).containsEntry(one, first).containsKey(two);
        leases().leave(one);
        assertThat(leases().board().servers()).doesNotContainKey(one).containsKey(two);
        leases().leave(two);
    }

    @Test
    default void take_whileTheHolderIsThere_changesNothing() throws Exception {
        String one = server();
        String two = server();
        here(one);
        here(two);
        Lease mine = take(one).lease(route());
        assertThat(mine.holder()).isEqualTo(one);
        assertThat(take(two).lease(route())).isEqualTo(mine);
        assertThat(take(one).lease(route())).as("again").isEqualTo(mine);
        assertThat(here(one).lease(route())).as("renewed").isEqualTo(mine);
    }

    @Test
    default void take_afterTheHolderFellSilent_raisesTheToken_andFencesItOut() throws Exception {
        String one = server();
        String two = server();
        leases().renew(new Server(one, false, Map.of()), Duration.ofMillis(1));
        leases().renew(new Server(one, false, Map.of()), MINUTE);
        long old = take(one).lease(route()).token();
        leases().renew(new Server(one, false, Map.of()), Duration.ofMillis(1));
        await().until(() -> !leases().board().servers().containsKey(one));
        assertThat(leases().board().holder(route())).isEmpty();
        here(two);
        Lease taken = take(two).lease(route());
        assertThat(taken).isEqualTo(new Lease(two, taken.token(), ""));
        assertThat(taken.token()).isGreaterThan(old);

        assertThat(here(one).lease(route())).as("it wakes up").isEqualTo(taken);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(
                        () ->
                                state().commit(
                                                page(
                                                        old,
                                                        List.of(user("one", 5, Outcome.APPLIED)),
                                                        List.of())))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.FENCED))
                .withMessageContaining("held by " + two);
    }

    @Test
    default void holderThatWasSilent_andWhoseRouteNobodyTook_goesOnWithItsToken() throws Exception {
        String one = server();
        leases().renew(new Server(one, false, Map.of()), MINUTE);
        Lease mine = take(one).lease(route());
        leases().renew(new Server(one, false, Map.of()), Duration.ofMillis(1));
        await().until(() -> !leases().board().servers().containsKey(one));
        assertThat(here(one).lease(route())).isEqualTo(mine);
        state().commit(page(mine.token(), List.of(), List.of()));
    }

    @Test
    default void serverThatIsNotThere_takesNothing() throws Exception {
        assertThat(take(server()).holder(route())).isEmpty();
    }

    @Test
    default void serversThatRunDifferentRoutes_writeSideBySide() throws Exception {
        String other = "other_" + UUID.randomUUID();
        long mine = StoreLab.seize(database(), route(), server());
        long theirs = StoreLab.seize(database(), other, server());
        state().commit(page(mine, List.of(user("one", 5, Outcome.APPLIED)), List.of()));
        state().commit(
                        new PageCommit(
                                other,
                                theirs,
                                Optional.of(position(1, true)),
                                List.of(user("one", 6, Outcome.APPLIED)),
                                List.of()));
        assertThat(state().counts(route()).seen()).isOne();
        assertThat(state().counts(other).seen()).isOne();
    }

    @Test
    default void give_andLeave_freeWhatTheServerHolds_andNothingElse() throws Exception {
        String one = server();
        String two = server();
        here(one);
        here(two);
        long first = take(one).lease(route()).token();
        leases().give(route(), two);
        assertThat(leases().board().holder(route())).contains(one);
        leases().give(route(), one);
        assertThat(leases().board().holder(route())).isEmpty();
        Lease second = take(two).lease(route());
        assertThat(second).isEqualTo(new Lease(two, second.token(), ""));
        assertThat(second.token()).isGreaterThan(first);
        leases().leave(one);
        assertThat(leases().board().holder(route())).contains(two);
        leases().leave(two);
        assertThat(leases().board().holder(route())).isEmpty();
    }

    @Test
    default void want_lastsUntilThatServerLeaves_orAnotherTakesTheRoute() throws Exception {
        String one = server();
        String two = server();
        here(one);
        here(two);
        take(one);
        leases().want(route(), two);
        assertThat(leases().board().lease(route()).wanted()).isEqualTo(two);
        leases().give(route(), one);
        assertThat(take(two).lease(route()).wanted()).isEqualTo(two);
        leases().leave(two);
        assertThat(leases().board().lease(route()).wanted()).isEmpty();
        leases().want(route(), two);
        assertThat(take(one).lease(route()).wanted()).isEmpty();
    }

    @Test
    default void manyServersThatTakeAtOnce_areOneHolder() throws Exception {
        List<String> servers = List.of(server(), server(), server(), server());
        for (String server : servers) {
            here(server);
        }
        List<CompletableFuture<String>> holders =
                servers.stream()
                        .map(
                                server ->
                                        CompletableFuture.supplyAsync(
                                                () -> {
                                                    try {
                                                        return take(server).lease(route()).holder();
                                                    } catch (StoreException e) {
                                                        throw new IllegalStateException(e);
                                                    }
                                                }))
                        .toList();
        assertThat(holders.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        long token = leases().board().lease(route()).token();
        assertThat(take(servers.get(0)).lease(route()).token()).as("given once").isEqualTo(token);
    }

    /** As after the promotion of a standby that did not get the last leases. */
    @Test
    default void tokenThatTheDatabaseForgot_isNotGivenAgain() throws Exception {
        String one = server();
        here(one);
        long forgotten = take(one).lease(route()).token();
        database()
                .write(
                        connection -> {
                            try (var statement =
                                    connection.prepareStatement(
                                            "DELETE FROM sync_lease WHERE route = ?")) {
                                statement.setString(1, route());
                                return statement.executeUpdate();
                            }
                        });
        String two = server();
        here(two);
        await().until(() -> Instant.now().toEpochMilli() > forgotten);
        assertThat(take(two).lease(route()).token()).isGreaterThan(forgotten);
    }

    @Test
    default void seize_takesEverything_andFencesTheHolderOut() throws Exception {
        String one = server();
        String two = server();
        here(one);
        long old = take(one).lease(route()).token();
        JdbcWriterLease lease = new JdbcWriterLease(database());
        assertThat(lease.atWork()).contains(one).doesNotContain(two);
        lease.seize(two, MINUTE);
        assertThat(lease.atWork()).containsExactly(two);
        assertThat(lease.holder()).contains(two);
        Board board = leases().board();
        assertThat(board.holder(RouteLeases.ADMINISTRATION)).contains(two);
        Lease seized = board.lease(route());
        assertThat(seized).isEqualTo(new Lease(two, seized.token(), ""));
        assertThat(seized.token()).isGreaterThan(old);
        assertThat(board.servers()).containsKeys(one, two);
        leases().leave(two);
        leases().leave(one);
    }

    @Test
    default void serverOfAnEarlierRelease_isLetFinish_andFencedOutAfterwards() throws Exception {
        String one = server();
        here(one);
        long token = take(one).lease(route()).token();
        try {
            elder("old/1", MINUTE);
            assertThat(here(one).elder()).contains("old/1");
            assertThat(leases().board().holder(route())).contains("old/1");
            assertThat(new JdbcWriterLease(database()).holder()).contains("old/1");
            leases().give(route(), one);
            assertThat(take(one).lease(route()).holder()).as("not before it ends").isEmpty();
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> state().commit(page(token, List.of(), List.of())))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.FENCED))
                    .withMessageContaining("held by old/1");
        } finally {
            elder("", Duration.ZERO);
        }
        assertThat(here(one).elder()).isEmpty();
        long next = take(one).lease(route()).token();
        state().commit(page(next, List.of(), List.of()));
        String holder = database().<LeaseRow>read(LeaseRow::read).holder();
        assertThat(holder).as("what a server of an earlier release sees").contains("later release");
    }

    @Test
    default void serverThatWasOfAnEarlierRelease_takesUpItsOwnLease() throws Exception {
        String one = server();
        elder(one, MINUTE);
        assertThat(here(one).elder()).isEmpty();
        assertThat(take(one).holder(route())).contains(one);
    }
}
