/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.replication;

import java.util.List;
import java.util.UUID;

/**
 * An authenticated and sealed session with the replication interface of one domain controller.
 *
 * <p>Calls are made by one thread at a time; {@link #close} and {@link #cancel} may be called by
 * any thread and end a running call. After any exception whose kind {@link
 * ReplicationException.Kind#sessionLost() says so} the session is of no further use. A failure is
 * never an empty result.
 */
public interface ReplicationSession extends AutoCloseable {
    /** What was agreed with the controller. */
    SessionFacts facts();

    /**
     * The controllers of a domain.
     *
     * @param dnsDomain DNS name of the domain
     */
    List<DomainControllerInfo> domainControllers(String dnsDomain) throws ReplicationException;

    /** Translates up to 1000 names; the answers stand in the order of the names. */
    List<CrackedName> crackNames(NameFormat offered, NameFormat wanted, List<String> names)
            throws ReplicationException;

    /**
     * Reads one page of changes after a cursor. Go on with {@link ReplicaPage#next} while {@link
     * ReplicaPage#more}. A cursor of another controller is answered from its up-to-dateness vector.
     *
     * @param namingContext distinguished name of the naming context, such as {@code
     *     DC=corp,DC=example}
     * @param cursor {@link ReplicationCursor#START} for everything
     * @param maxObjects wanted objects a page, 1 to 1000; the controller may send fewer or somewhat
     *     more
     * @param hashes whether the hashes are wanted, too
     * @throws ReplicationException with kind {@code CONTROLLER_RESTORED} if the controller's
     *     database is older than the cursor, {@code NO_PROGRESS} if it promises more without moving
     *     on
     */
    ReplicaPage replicate(
            String namingContext, ReplicationCursor cursor, int maxObjects, Hashes hashes)
            throws ReplicationException;

    /** As above, with the hashes. */
    default ReplicaPage replicate(String namingContext, ReplicationCursor cursor, int maxObjects)
            throws ReplicationException {
        return replicate(namingContext, cursor, maxObjects, Hashes.OPENED);
    }

    /**
     * Reads the present state of one object with all asked attributes, without touching a running
     * cycle.
     *
     * @throws ReplicationException with kind {@code NOT_FOUND} if there is no such object
     */
    ReplicaObject replicateObject(UUID guid) throws ReplicationException;

    /** As {@link #replicateObject(UUID)}, by distinguished name. */
    ReplicaObject replicateObject(String distinguishedName) throws ReplicationException;

    /** Asks the controller to give up the running call, and ends the session. */
    void cancel();

    /** Ends the session and wipes its keys. Closing twice does nothing. */
    @Override
    void close();
}
