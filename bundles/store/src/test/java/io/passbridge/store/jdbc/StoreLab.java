/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.UnusableItem;
import io.passbridge.connector.UnusableReport;
import io.passbridge.connector.Watermark;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.RouteLeases.Server;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState.PageCommit;
import io.passbridge.store.SyncState.Reading;
import io.passbridge.store.SyncState.Retry;
import io.passbridge.store.SyncState.RoutePosition;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.store.jdbc.database.Database;
import io.passbridge.store.jdbc.sync.JdbcRouteLeases;
import io.passbridge.store.jdbc.sync.JdbcSyncState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An open store, and what a route puts into it. */
interface StoreLab {
    Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Duration MINUTE = Duration.ofMinutes(1);

    /** The store of this test. */
    Database database();

    /** A route that no other test knows. */
    String route();

    default JdbcSyncState state() {
        return new JdbcSyncState(database());
    }

    default JdbcRouteLeases leases() {
        return new JdbcRouteLeases(database());
    }

    default long token() throws StoreException {
        return seize(database(), route(), "test");
    }

    /** Gives a route to a server, whoever holds it; the token of its new lease. */
    static long seize(Database database, String route, String server) throws StoreException {
        JdbcRouteLeases leases = new JdbcRouteLeases(database);
        Optional<String> holder =
                leases.renew(new Server(server, false, Map.of()), Duration.ofHours(9))
                        .holder(route);
        if (holder.isPresent()) {
            leases.give(route, holder.get());
        }
        return leases.take(List.of(route), server).lease(route).token();
    }

    default UserState user(String anchor, long sequence, Outcome outcome) {
        return new UserState(
                new SourceAnchor(anchor),
                new ChangeVersion(sequence, 7),
                AccountState.of(AccountState.Flag.DISABLED),
                outcome,
                outcome == Outcome.APPLIED ? "" : "the reason",
                NOW);
    }

    default Retry retry(String anchor, Instant dueAt) {
        return new Retry(
                new SourceAnchor(anchor), new ChangeVersion(3, 0), 2, dueAt, "target unreachable");
    }

    default RoutePosition position(int mark, boolean full) {
        return new RoutePosition(
                Watermark.of(new byte[] {(byte) mark, 0}),
                full ? Reading.FULL : Reading.CHANGES,
                NOW,
                "gates");
    }

    default PageCommit page(long token, List<UserState> users, List<Retry> retries) {
        return new PageCommit(route(), token, Optional.of(position(1, true)), users, retries);
    }

    default PageCommit unusable(
            long token, List<Retry> retries, boolean startsOver, List<UnusableItem> items) {
        return new PageCommit(
                route(),
                token,
                Optional.empty(),
                List.of(),
                retries,
                new UnusableReport(startsOver, items),
                Optional.empty());
    }
}
