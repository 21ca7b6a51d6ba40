/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync;

import io.passbridge.store.RunHistory.Run;
import io.passbridge.store.Standing;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState.PeoplePage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Password synchronisation as its administrators see it. A service, thread-safe; it is there while
 * the platform is locked too and then says so.
 *
 * <p>Every act that changes something is journalled before it takes effect and refused if the
 * journal cannot be written.
 */
@ProviderType
public interface Synchronization {
    /** Every configured route, by name. */
    List<RouteStatus> routes();

    /** One route. */
    Optional<RouteStatus> route(String name);

    /**
     * Runs a cycle now and waits for its end. If one is running already, waits for it and runs
     * another, so that every change made before the call is covered.
     *
     * @param progress called from the calling thread a few times a second
     * @return the run; its result tells whether it succeeded
     * @throws SyncException if the route does not exist or cannot run; the message says why and
     *     what to do
     * @throws InterruptedException if the calling thread was interrupted; the cycle goes on
     */
    Run run(String route, RunRequest request, Consumer<Progress> progress)
            throws SyncException, InterruptedException;

    /**
     * Stops a route after the page it is writing, until it is resumed; survives a restart.
     *
     * @param reason for the journal and the status; may be empty
     */
    void pause(String route, String reason, String actor) throws SyncException;

    /**
     * Lets a paused route go on.
     *
     * @param allowDeletions carry out the deletions that the threshold stopped, in the next run
     *     that succeeds, within an hour
     * @throws SyncException if the route is not paused, or the threshold paused it and the
     *     deletions are not allowed
     */
    void resume(String route, boolean allowDeletions, String actor) throws SyncException;

    /** Switches a staging route on, durably, in its configuration. */
    void activate(String route, String actor) throws SyncException;

    /** The latest runs of a route, newest first; of all routes if the name is empty. */
    List<Run> history(String route, int limit) throws StoreException;

    /**
     * The people of a route who stand so, with the reason, some at a time.
     *
     * @param after the last page's {@code next}, or empty to begin
     * @param limit the most to return, 1 to 10,000
     */
    PeoplePage people(String route, Standing standing, String after, int limit)
            throws SyncException, StoreException;

    /**
     * Every gate a user passes or not, on each route or on one. Reads the source and the store,
     * changes nothing.
     *
     * @param user a login name, an alias or a source anchor
     * @param route a route's name, or empty for all
     * @return one explanation for each route and each user that fits
     */
    List<Explanation> explain(String user, String route) throws SyncException, InterruptedException;

    /**
     * Makes queued retries due now.
     *
     * @param user a user to queue whether or not it is in the queue, or empty for all that are
     * @return how many users are due
     */
    int retry(String route, String user, String actor) throws SyncException, InterruptedException;

    /**
     * Forecasts a run without digesting or writing anything; reads the source for some seconds at
     * most.
     *
     * @param full whether to forecast a full run
     */
    Preview preview(String route, boolean full) throws SyncException, InterruptedException;

    /**
     * Forecasts what the next run would do after a change of the route's configuration: whoever is
     * in step stays so, everybody else is judged anew.
     *
     * @param with parameters of the route with the values that they would get
     */
    Preview preview(String route, Map<String, String> with)
            throws SyncException, InterruptedException;
}
