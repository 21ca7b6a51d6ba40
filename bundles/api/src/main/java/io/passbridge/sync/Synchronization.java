/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync;

import io.passbridge.store.Proofs.Doubt;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.store.Standing;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState.PeoplePage;
import java.nio.file.Path;
import java.util.Collection;
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
     * What this server has done for each route that it may run, by name. Known without asking the
     * store.
     */
    default List<RouteWork> work() {
        return List.of();
    }

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
     * Refuses what {@link #resume} would refuse, and changes nothing.
     *
     * @throws SyncException as there
     */
    void checkResume(String route, Optional<DeletionLeave> deletions) throws SyncException;

    /**
     * Lets a paused route go on.
     *
     * @param deletions leave to carry out the deletions that the route's limits stopped
     * @throws SyncException if the route is not paused, or the threshold paused it and the
     *     deletions are not allowed
     */
    void resume(String route, Optional<DeletionLeave> deletions, String actor) throws SyncException;

    /** Switches a staging route on, durably, in its configuration. */
    void activate(String route, String actor) throws SyncException;

    /** The servers that are at work on this store, this one included. */
    List<String> servers() throws StoreException;

    /**
     * Brings routes that are on from the servers that run them to this one, which keeps them for as
     * long as it is there. A server ends the page that it is writing before it gives a route back.
     *
     * @param route a route's name; empty for all that this server can run, and for what belongs to
     *     no route
     * @return the routes that have not come yet
     * @throws SyncException if this server cannot run the route
     * @throws InterruptedException if the calling thread was interrupted; the routes still come
     */
    List<String> bringHere(String route, String actor) throws SyncException, InterruptedException;

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
     * The login names of people of a route, as its source has them now.
     *
     * @param anchors at most 1,000, as {@link #people} tells them
     * @return by anchor, without those whom the source does not know; empty if it cannot be asked
     */
    Map<String, String> names(String route, Collection<String> anchors)
            throws SyncException, InterruptedException;

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
     * Compares what the target holds with what the source holds, of everybody in step or of some
     * chosen by chance, and has what is different written again if that is asked for. Neither side
     * is told anything of the other's, and nothing of either is shown.
     *
     * @param progress called from the calling thread after each part
     * @throws SyncException if the route does not exist or cannot be compared; the message says why
     *     and what to do
     * @throws InterruptedException if the calling thread was interrupted; what was found so far is
     *     recorded
     */
    ParityReport verify(String route, VerifyRequest request, Consumer<Progress> progress)
            throws SyncException, InterruptedException;

    /**
     * Writes what a target without a connection is to have of everybody into a file, sealed for its
     * recipient. The source is read as a whole; neither the target nor what the store knows of the
     * route changes. The file is there when it is complete, and not before.
     *
     * @param file a new file, which only its owner may read
     * @param progress called from the calling thread after each part
     * @throws SyncException if the route does not exist, sends no source credentials or may not, or
     *     the source cannot be read; the message says why and what to do
     * @throws InterruptedException if the calling thread was interrupted; no file is left
     */
    SealedExport exportSealed(String route, Path file, String actor, Consumer<Progress> progress)
            throws SyncException, InterruptedException;

    /**
     * Of whom it is not known that the target holds what the source holds, as comparisons have
     * found so far, some at a time.
     *
     * @param after the last one's anchor, or empty to begin
     * @param limit the most to return, 1 to 10,000
     */
    List<Doubt> doubts(String route, String after, int limit) throws SyncException, StoreException;

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
