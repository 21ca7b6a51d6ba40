/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The cycles that were run. Cycles without any change are kept as one running record. A service,
 * thread-safe.
 */
@ProviderType
public interface RunHistory {
    /**
     * Stores or replaces the record of a run, by its id.
     *
     * @param fencingToken of the route's lease under which the run is or was made
     * @throws StoreException of kind {@link StoreException.Kind#FENCED} if the token is not the
     *     latest
     */
    void put(Run run, long fencingToken) throws StoreException;

    /** An id for a new run, larger than all before. */
    long nextId() throws StoreException;

    /** The latest runs of a route, newest first; of all routes if the name is empty. */
    List<Run> list(String route, int limit) throws StoreException;

    /**
     * Removes runs that ended before the given time, and those that began before it, never ended
     * and are not the latest of their route. Returns how many.
     */
    int purge(Instant before) throws StoreException;

    /** How a run went. Stored and shown by its name in lower case. */
    enum Result {
        /** It has not ended, or the platform was killed in it. */
        RUNNING,
        SUCCESS,
        /** It went through, and somebody is left out. */
        PARTLY,
        FAILED
    }

    /**
     * One run.
     *
     * @param id its id
     * @param route whose
     * @param full whether it was a full run
     * @param startedAt when it began
     * @param endedAt when it ended, empty while it runs or if the platform was killed in it
     * @param result how it went
     * @param read changes read
     * @param applied changes stored at the target
     * @param unchanged changes that the target had already
     * @param failed changes refused for good
     * @param retried changes put into the retry queue
     * @param reason why it failed; may be empty
     */
    record Run(
            long id,
            String route,
            boolean full,
            Instant startedAt,
            Optional<Instant> endedAt,
            Result result,
            long read,
            long applied,
            long unchanged,
            long failed,
            long retried,
            String reason) {}
}
