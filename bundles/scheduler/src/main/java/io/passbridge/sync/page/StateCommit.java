/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

import io.passbridge.connector.UnusableReport;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState.Arrivals;
import io.passbridge.store.SyncState.PageCommit;
import io.passbridge.store.SyncState.Retry;
import io.passbridge.store.SyncState.RoutePosition;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.sync.route.CycleFailure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Commits to the store under the lease; a deadlock is repeated, a lost lease ends everything. */
public final class StateCommit {
    private static final int ATTEMPTS = 5;
    private static final long PAUSE_MILLIS = 50;

    private final String route;
    private final EngineServices platform;
    private final LeaseHolding lease;
    private final RouteEvents events;
    private final RunTally tally;
    private long follows;

    /**
     * @param follows how many commits of the route the store had when the run began
     */
    public StateCommit(
            String route,
            EngineServices platform,
            LeaseHolding lease,
            RouteEvents events,
            RunTally tally,
            long follows) {
        this.route = route;
        this.platform = platform;
        this.lease = lease;
        this.events = events;
        this.tally = tally;
        this.follows = follows;
    }

    /** Begins a full run: what the source could not use so far is to be found afresh. */
    public void beginning(RoutePosition position) throws CycleFailure, InterruptedException {
        commit(
                Optional.of(position),
                List.of(),
                List.of(),
                new UnusableReport(true, List.of()),
                PageResult.NONE);
    }

    /** Stores what is no page of changes. */
    public void commit(
            Optional<RoutePosition> position,
            List<UserState> users,
            List<Retry> retries,
            UnusableReport unusable,
            PageResult result)
            throws CycleFailure, InterruptedException {
        commit(position, users, retries, unusable, result, Optional.empty());
    }

    /**
     * @param result of the page, which the run's record tells of as soon as it is committed
     * @param arrivals of the page, if it is known how long its changes took
     */
    void commit(
            Optional<RoutePosition> position,
            List<UserState> users,
            List<Retry> retries,
            UnusableReport unusable,
            PageResult result,
            Optional<Arrivals> arrivals)
            throws CycleFailure, InterruptedException {
        PageCommit page =
                new PageCommit(
                        route,
                        lease.token(),
                        position,
                        users,
                        retries,
                        unusable,
                        tally.recordWith(result),
                        arrivals,
                        OptionalLong.of(follows));
        for (int attempt = 1; ; attempt++) {
            try {
                platform.state().commit(page);
                follows++;
                return;
            } catch (StoreException e) {
                if (e.kind() == StoreException.Kind.FENCED) {
                    lease.fenced();
                    throw CycleFailure.store(e);
                }
                if (e.kind() == StoreException.Kind.BEHIND) {
                    events.storeBehind(e.getMessage());
                    throw CycleFailure.store(e);
                }
                if (e.kind() != StoreException.Kind.TRANSIENT || attempt == ATTEMPTS) {
                    events.storeFailed(e.getMessage());
                    throw CycleFailure.store(e);
                }
                events.storeDeadlock(e.getMessage());
                Thread.sleep(PAUSE_MILLIS * attempt);
            }
        }
    }
}
