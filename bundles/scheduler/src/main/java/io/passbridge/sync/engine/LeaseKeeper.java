/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.event.Journal;
import io.passbridge.store.RouteLeases;
import io.passbridge.store.RouteLeases.Board;
import io.passbridge.store.RouteLeases.Server;
import io.passbridge.store.StoreException;
import io.passbridge.sync.page.LeaseHolding;
import io.passbridge.sync.route.CycleFailure;
import io.passbridge.sync.route.JournalWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the background that this server is there, takes the routes that fall to it and gives away
 * those that others should have. A lease counts as lost before it ends in the database, by this
 * machine's own monotonic time.
 */
public final class LeaseKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    /** How often to look, while other servers are there. */
    private static final Duration LOOK = Duration.ofMillis(400);

    /** Where nobody else can be on the store, a stall of this machine is no reason to stop. */
    private static final Duration ALONE = Duration.ofMinutes(1);

    /** How long the end waits for a look that is under way. */
    private static final Duration TURN = Duration.ofSeconds(5);

    /** A route whose configuration is replaced is away for a moment. */
    private static final long ABSENCE = TimeUnit.SECONDS.toNanos(5);

    private final RouteLeases leases;
    private final Journal journal;
    private final Membership us;
    private final Duration validity;
    private final LeasedRoutes routes;
    private final ScheduledExecutorService timer;
    private final ScheduledFuture<?> looking;
    private final ReentrantLock turn = new ReentrantLock();
    private final Map<String, Long> absent = new HashMap<>();
    private Map<String, Boolean> told = Map.of();
    private long renewed;
    private volatile boolean wished = true;
    private LeaseState state = new LeaseState.Undecided();
    private String trouble = "";
    private boolean closed;

    LeaseKeeper(
            RouteLeases leases,
            Journal journal,
            Membership us,
            ScheduledExecutorService timer,
            LeasedRoutes routes) {
        this.leases = leases;
        this.journal = journal;
        this.us = us;
        this.validity =
                leases.shareable() || us.validity().compareTo(ALONE) > 0 ? us.validity() : ALONE;
        this.routes = routes;
        this.timer = timer;
        long pause = Math.min(LOOK.toMillis(), validity.toMillis() / 4);
        this.looking = timer.scheduleWithFixedDelay(this::look, 0, pause, TimeUnit.MILLISECONDS);
    }

    /** Looks soon: there is a route more, or one of which the ends can be used now. */
    void lookSoon() {
        wished = true;
        timer.execute(this::look);
    }

    /** A look that is under way is not waited for; the next one sees what it did not. */
    private void look() {
        if (!turn.tryLock()) {
            return;
        }
        try {
            if (isDue()) {
                wished = false;
                settle();
            }
        } catch (StoreException e) {
            unreachable(e.getMessage());
        } catch (RuntimeException e) {
            unreachable(e.toString());
        } finally {
            turn.unlock();
        }
    }

    private boolean isDue() {
        Optional<Board> known = board();
        boolean alone =
                known.isPresent()
                        && known.get().names().equals(Set.of(us.server()))
                        && new Sharing(us.server(), known.get()).toTake().isEmpty();
        return !isClosed() && (wished || !alone || isRenewalDue(System.nanoTime()));
    }

    private boolean isRenewalDue(long now) {
        return now - renewed >= validity.toNanos() / 4;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void settle() throws StoreException {
        Map<String, Boolean> runnable = routes.runnable();
        long now = System.nanoTime();
        Board board;
        if (isRenewalDue(now) || !runnable.equals(told) || board().isEmpty()) {
            board = leases.renew(new Server(us.server(), us.standby(), runnable), validity);
            renewed = now;
            told = runnable;
        } else {
            board = leases.board();
        }
        know(board);
        Set<String> falling = new Sharing(us.server(), board).toTake();
        if (!falling.isEmpty()) {
            board = leases.take(falling, us.server());
            know(board);
        }
        absent.keySet().removeAll(runnable.keySet());
        Optional<String> another =
                new Sharing(us.server(), board)
                        .toGive(this::isIdle, lease -> isRemoved(lease, runnable, now));
        if (another.isPresent()) {
            give(another.get(), board);
        }
    }

    private boolean isIdle(String lease) {
        return lease.equals(RouteLeases.ADMINISTRATION) || routes.isIdle(lease);
    }

    private boolean isRemoved(String lease, Map<String, Boolean> runnable, long now) {
        if (lease.equals(RouteLeases.ADMINISTRATION) || runnable.containsKey(lease)) {
            return false;
        }
        Long since = absent.putIfAbsent(lease, now);
        return since != null && now - since > ABSENCE;
    }

    private void know(Board board) {
        Set<String> before;
        boolean lapsed;
        LeaseState.Known next =
                new LeaseState.Known(us.server(), board, renewed + validity.toNanos() * 3 / 4);
        synchronized (this) {
            if (closed) {
                return;
            }
            LeaseState.Known known = state instanceof LeaseState.Known k ? k : null;
            before = known == null ? Set.of() : known.ours();
            lapsed = known != null && System.nanoTime() - known.until() >= 0;
            state = next;
            trouble = "";
        }
        for (String route : before) {
            if (!next.isOurs(route)) {
                note(route, EventType.LEASE_LOST, Map.of(Fact.REASON, next.reason(route)));
            }
        }
        for (String route : next.ours()) {
            boolean first = !before.contains(route);
            if (first) {
                String token = "" + board.lease(route).token();
                note(
                        route,
                        EventType.LEASE_ACQUIRED,
                        Map.of(Fact.HOLDER, us.server(), Fact.TOKEN, token));
            }
            if (first || lapsed) {
                routes.acquired(route);
            }
        }
    }

    /**
     * A run that begins in this moment sees that the lease is gone; one that has begun keeps it.
     */
    private void give(String lease, Board board) throws StoreException {
        LeaseState held;
        synchronized (this) {
            held = state;
            state = held.without(lease);
        }
        if (!isIdle(lease)) {
            synchronized (this) {
                state = closed ? state : held;
            }
            return;
        }
        leases.give(lease, us.server());
        if (!lease.equals(RouteLeases.ADMINISTRATION)) {
            note(
                    lease,
                    EventType.LEASE_GIVEN,
                    Map.of(Fact.HOLDER, us.server(), Fact.TOKEN, "" + board.lease(lease).token()));
        }
    }

    private synchronized void unreachable(String reason) {
        String before = trouble;
        trouble = "the leases of the routes cannot be renewed: " + reason;
        state = state.unreachable(trouble);
        if (!trouble.equals(before)) {
            LOG.warn("{}", trouble);
        }
    }

    private void note(String route, EventType type, Map<Fact, String> facts) {
        new JournalWriter(journal, route).note(type, facts);
    }

    /** The lease of one route. */
    LeaseHolding holding(String route) {
        return new LeaseHolding() {
            @Override
            public long token() throws CycleFailure {
                return LeaseKeeper.this.token(route);
            }

            @Override
            public void fenced() {
                LeaseKeeper.this.fenced(route);
            }
        };
    }

    /**
     * @return the fencing token
     * @throws CycleFailure if the route is not this server's to run
     */
    public synchronized long token(String route) throws CycleFailure {
        OptionalLong token = state.token(route, System.nanoTime());
        if (token.isPresent()) {
            return token.getAsLong();
        }
        throw new CycleFailure(CycleFailure.Kind.FENCED, state.reason(route));
    }

    private void fenced(String route) {
        synchronized (this) {
            if (!(state instanceof LeaseState.Known known) || !known.isOurs(route)) {
                return;
            }
            state = known.without(route);
        }
        String reason = "another server has taken the route over";
        note(route, EventType.LEASE_LOST, Map.of(Fact.REASON, reason));
        lookSoon();
    }

    public synchronized boolean holds(String route) {
        return state.token(route, System.nanoTime()).isPresent();
    }

    /** Whether it may soon turn out that the route is this server's. */
    public synchronized boolean isUndecided(String route) {
        return state.isUndecided(route);
    }

    /** Why the route is not this server's to run. */
    public synchronized String standbyReason(String route) {
        return state.reason(route);
    }

    /** Whether the route is to stop here, since somebody asked for it on another server. */
    synchronized boolean isWantedElsewhere(String route) {
        return state instanceof LeaseState.Known known && known.isWantedElsewhere(route);
    }

    private synchronized Optional<Board> board() {
        return state.board();
    }

    /** Gives everything back, so that other servers need not wait for its end. */
    @Override
    public void close() {
        looking.cancel(false);
        boolean known;
        synchronized (this) {
            closed = true;
            known = state instanceof LeaseState.Known;
            state = new LeaseState.Nothing("this server is being stopped");
        }
        if (!known) {
            return;
        }
        try {
            boolean last = turn.tryLock(TURN.toMillis(), TimeUnit.MILLISECONDS);
            try {
                leases.leave(us.server());
            } finally {
                if (last) {
                    turn.unlock();
                }
            }
        } catch (StoreException e) {
            LOG.warn("the leases of the routes could not be given back: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
