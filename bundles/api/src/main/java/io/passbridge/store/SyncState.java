/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store;

import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.UnusableReport;
import io.passbridge.connector.Watermark;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.RunHistory.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What is known about the routes and their users: watermarks, the last outcome of each user, and
 * the retry queue of anchors. Never a credential or digest. A service, thread-safe.
 */
@ProviderType
public interface SyncState {
    /** For how long {@link #latencies} are kept. */
    Duration LATENCIES_KEPT = Duration.ofHours(24);

    /** A route's position, or empty if it never ran. */
    Optional<RoutePosition> position(String route) throws StoreException;

    /**
     * How many commits of runs there are of a route. A run asks for it before it asks for anything
     * else, and each of its commits says how many it {@link PageCommit#follows}.
     */
    long commits(String route) throws StoreException;

    /**
     * Records what became of a page, in one transaction: the outcomes, the retry queue and the
     * watermark.
     *
     * @throws StoreException of kind {@link StoreException.Kind#FENCED} if the token is not the
     *     latest, of kind {@link StoreException.Kind#BEHIND} if the commits that this one follows
     *     are not all there: somebody has put a backup back, or a standby that was behind has taken
     *     the place of the database
     */
    void commit(PageCommit page) throws StoreException;

    /** What is known of given users on a route; unknown ones are absent. */
    Map<SourceAnchor, UserState> users(String route, Collection<SourceAnchor> anchors)
            throws StoreException;

    /** The retries that are due, those that waited longest first. */
    List<Retry> dueRetries(String route, Instant now, int limit) throws StoreException;

    /** Which of the given users have a retry queued, due or not. */
    Set<SourceAnchor> queued(String route, Collection<SourceAnchor> anchors) throws StoreException;

    /** The retry of one user, if one is queued. */
    Optional<Retry> retry(String route, SourceAnchor anchor) throws StoreException;

    /** How many people stand how on a route. */
    Counts counts(String route) throws StoreException;

    /**
     * The people who stand so, some at a time, in an order of the store's own.
     *
     * @param after the last page's {@link PeoplePage#next}, or empty to begin
     * @param limit the most to return, 1 to 10,000
     */
    PeoplePage people(String route, Standing standing, String after, int limit)
            throws StoreException;

    /** What the source could not use and calls by this login name, anchor or place. */
    List<Person> unusable(String route, String user) throws StoreException;

    /**
     * Why people stand so: the most frequent reasons, each with its number of people. Reads every
     * user of the route.
     *
     * @param limit the most reasons to return
     */
    Map<String, Long> reasons(String route, Standing standing, int limit) throws StoreException;

    /**
     * How long the changes of a route took to its target, by the hours in which they got there.
     *
     * @param since hours that ended before are left out; those before {@link #LATENCIES_KEPT} are
     *     not kept
     */
    Latencies latencies(String route, Instant since) throws StoreException;

    /** Makes every queued retry due now. Returns how many there were. */
    int retryNow(String route) throws StoreException;

    /** Why a route is paused, if it is; the same for every server on this store. */
    Optional<Pause> pause(String route) throws StoreException;

    /** Pauses a route, or lets it go on with an empty value. Needs no lease. */
    void setPause(String route, Optional<Pause> pause) throws StoreException;

    /** Forgets everything about a route that no longer exists. */
    void forget(String route) throws StoreException;

    /**
     * Where a route stands.
     *
     * @param watermark to read on from
     * @param reading what is under way: of everybody, the watermark is a position within it
     * @param committedAt when it was stored
     * @param gates under which everybody up to here was judged, in a form of the engine's own;
     *     empty if nobody knows
     */
    record RoutePosition(Watermark watermark, Reading reading, Instant committedAt, String gates) {
        /** Whether everybody is being read. */
        public boolean fullRun() {
            return reading != Reading.CHANGES;
        }
    }

    /** What a route reads its source for. */
    enum Reading {
        /** What has changed. */
        CHANGES,
        /** Everybody; the target is asked about each. */
        FULL,
        /** As {@link #FULL}, after the source lost its history: versions may go back. */
        RENEWED,
        /** Everybody, after the gates have changed; whoever is in step is left alone. */
        REVIEW;

        /** Whether a user is judged again at a version and state that were dealt with. */
        public boolean judgesAnew(boolean inStep) {
            return this == FULL || this == RENEWED || this == REVIEW && !inStep;
        }
    }

    /**
     * The last thing that happened to a user on a route.
     *
     * @param anchor whose
     * @param version the source's version that was dealt with
     * @param state the account state that was dealt with
     * @param outcome what became of it
     * @param detail in words; may be empty
     * @param at when
     */
    record UserState(
            SourceAnchor anchor,
            ChangeVersion version,
            AccountState state,
            ItemOutcome.Outcome outcome,
            String detail,
            Instant at) {}

    /**
     * An anchor that still owes a write.
     *
     * @param anchor whose
     * @param version the newest version that was seen
     * @param attempts how many attempts failed
     * @param dueAt not to be tried before
     * @param reason why the last attempt failed
     */
    record Retry(
            SourceAnchor anchor,
            ChangeVersion version,
            int attempts,
            Instant dueAt,
            String reason) {}

    /**
     * A route stands still until somebody resumes it.
     *
     * @param since when it was paused
     * @param reason why, in words
     * @param deletions whether the deletion threshold paused it, rather than an operator
     */
    record Pause(Instant since, String reason, boolean deletions) {}

    /**
     * What became of a page.
     *
     * @param route whose
     * @param fencingToken of the lease under which the page was written
     * @param position the new position, or empty to leave it (a page without a durable watermark)
     * @param users final outcomes; each also removes the user's retry
     * @param retries to be queued, replacing those of the same users
     * @param unusable what the source could not use; kept until the source starts over, or until
     *     the user has an outcome or a retry
     * @param run what the run has done with this page in it, stored or not stored with everything
     *     else, so that the history of a killed run tells what was committed; empty if the page is
     *     no part of a recorded run
     * @param arrivals how long the changes of the page took from the source to the target; empty if
     *     that can be told of none
     * @param follows how many commits of runs have to be there, neither more nor less; empty for
     *     what is no part of a run, which is not counted
     */
    record PageCommit(
            String route,
            long fencingToken,
            Optional<RoutePosition> position,
            List<UserState> users,
            List<Retry> retries,
            UnusableReport unusable,
            Optional<Run> run,
            Optional<Arrivals> arrivals,
            OptionalLong follows) {
        public PageCommit {
            users = List.copyOf(users);
            retries = List.copyOf(retries);
        }

        /** A page of no run. */
        public PageCommit(
                String route,
                long fencingToken,
                Optional<RoutePosition> position,
                List<UserState> users,
                List<Retry> retries,
                UnusableReport unusable,
                Optional<Run> run,
                Optional<Arrivals> arrivals) {
            this(
                    route,
                    fencingToken,
                    position,
                    users,
                    retries,
                    unusable,
                    run,
                    arrivals,
                    OptionalLong.empty());
        }

        /** A page that tells nothing of how long its changes took. */
        public PageCommit(
                String route,
                long fencingToken,
                Optional<RoutePosition> position,
                List<UserState> users,
                List<Retry> retries,
                UnusableReport unusable,
                Optional<Run> run) {
            this(route, fencingToken, position, users, retries, unusable, run, Optional.empty());
        }

        /** A page without anything unusable, and of no recorded run. */
        public PageCommit(
                String route,
                long fencingToken,
                Optional<RoutePosition> position,
                List<UserState> users,
                List<Retry> retries) {
            this(
                    route,
                    fencingToken,
                    position,
                    users,
                    retries,
                    UnusableReport.NONE,
                    Optional.empty());
        }
    }

    /**
     * Changes that got to the target.
     *
     * @param at when
     * @param latencies how long they took since they were made at the source
     */
    record Arrivals(Instant at, Latencies latencies) {}

    /**
     * The people of a route by how they stand; everybody once.
     *
     * @param people how many; who is not in it counts as 0, so that scripts find every standing, in
     *     the order of their declaration
     */
    record Counts(Map<Standing, Long> people) {
        public Counts {
            Map<Standing, Long> all = new EnumMap<>(Standing.class);
            for (Standing standing : Standing.values()) {
                all.put(standing, people.getOrDefault(standing, 0L));
            }
            people = Collections.unmodifiableMap(all);
        }

        /** How many stand so. */
        public long of(Standing standing) {
            return people.get(standing);
        }

        /** How many the source has shown and not deleted since. */
        public long seen() {
            return people.values().stream().mapToLong(Long::longValue).sum() - of(Standing.GONE);
        }

        /** How many of them are neither unusable nor left out: those who are served. */
        public long served() {
            return seen() - of(Standing.UNUSABLE) - of(Standing.OUTSIDE);
        }

        /** How many cannot rely on the target. */
        public long leftOut() {
            return people.entrySet().stream()
                    .filter(e -> e.getKey().leftOut())
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    /**
     * One of a list of people.
     *
     * @param user the anchor, or the login name of somebody unusable, or empty
     * @param place where the source found it; empty unless it is unusable
     * @param reason why the person stands so; may be empty
     */
    record Person(String user, String place, String reason) {}

    /**
     * Some of a list of people.
     *
     * @param next where to go on; empty after the last page
     */
    record PeoplePage(List<Person> people, String next) {
        public PeoplePage {
            people = List.copyOf(people);
        }
    }
}
