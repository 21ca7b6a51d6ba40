/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.session;

import io.passbridge.connector.ad.drsr.ReplyHead;
import io.passbridge.connector.ad.replication.ReplicationCursor;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.connector.ad.replication.ReplicationException;
import io.passbridge.connector.ad.replication.ReplicationException.Kind;
import io.passbridge.connector.ad.replication.UpToDatenessVector;
import java.util.Map;

/**
 * Checks that a replication cycle moves forward, and turns replies into cursors. A controller that
 * promises more data without advancing, and a controller whose database has gone back, are told
 * apart from one that has nothing new. One guard serves one session; not thread-safe.
 */
final class CycleGuard {
    /** Pages of linked values only may leave the object number as it is, but not for ever. */
    static final int MAX_STALLED_PAGES = 1000;

    private final ReplicationEndpoint controller;
    private int stalled;

    CycleGuard(ReplicationEndpoint controller) {
        this.controller = controller;
    }

    ReplicationCursor next(ReplicationCursor asked, ReplyHead reply) throws ReplicationException {
        boolean sameSource = asked.sourceInvocation().equals(reply.sourceInvocation());
        if (sameSource && reply.highObjectUpdate() < asked.highObjectUpdate()) {
            throw restored(reply.highObjectUpdate(), asked.highObjectUpdate());
        }
        if (reply.more()) {
            requireProgress(asked, reply, sameSource);
            return cursor(reply, asked.upToDateness(), false);
        }
        stalled = 0;
        UpToDatenessVector theirs = completed(reply);
        long own = theirs.usn(reply.sourceInvocation());
        long known =
                Math.max(
                        asked.upToDateness().usn(reply.sourceInvocation()),
                        sameSource ? asked.highPropertyUpdate() : 0);
        if (own < known) {
            throw restored(own, known);
        }
        return cursor(reply, asked.upToDateness().merged(theirs), true);
    }

    private void requireProgress(ReplicationCursor asked, ReplyHead reply, boolean sameSource)
            throws ReplicationException {
        boolean advanced = !sameSource || reply.highObjectUpdate() > asked.highObjectUpdate();
        boolean moved = advanced || reply.reserved() != asked.reserved();
        stalled = advanced ? 0 : stalled + 1;
        if (!moved || stalled > MAX_STALLED_PAGES) {
            throw new ReplicationException(
                    Kind.NO_PROGRESS,
                    0,
                    controller
                            + " promises more changes but does not get beyond "
                            + asked.highObjectUpdate(),
                    "begin again from the last complete position, or use another controller");
        }
    }

    /**
     * A controller that leaves itself out of its vector is complete up to the property number it
     * gives.
     */
    private static UpToDatenessVector completed(ReplyHead reply) {
        UpToDatenessVector theirs = reply.upToDateness();
        return theirs.entries().containsKey(reply.sourceInvocation())
                ? theirs
                : theirs.merged(
                        new UpToDatenessVector(
                                Map.of(reply.sourceInvocation(), reply.highPropertyUpdate())));
    }

    private static ReplicationCursor cursor(
            ReplyHead reply, UpToDatenessVector vector, boolean complete) {
        return new ReplicationCursor(
                reply.sourceInvocation(),
                reply.highObjectUpdate(),
                reply.reserved(),
                reply.highPropertyUpdate(),
                vector,
                complete);
    }

    private ReplicationException restored(long now, long before) {
        return new ReplicationException(
                Kind.CONTROLLER_RESTORED,
                0,
                "the database of "
                        + controller
                        + " stands at update "
                        + now
                        + " but was already at "
                        + before,
                "it was restored from an older copy: read everything again, and check the"
                        + " controller with 'repadmin /showutdvec'");
    }
}
