/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.replication;

import java.util.List;
import java.util.UUID;

/**
 * One reply of a replication cycle. Closing it closes its objects.
 *
 * @param objects changed objects in the source's order
 * @param next where the cycle goes on, or, when {@code more} is false, the watermark that may be
 *     stored
 * @param more whether the cycle has further pages
 * @param sourceInvocation the database of the controller that answered
 * @param linkedValues how many group memberships and other links came along; they are counted and
 *     passed over
 */
public record ReplicaPage(
        List<ReplicaObject> objects,
        ReplicationCursor next,
        boolean more,
        UUID sourceInvocation,
        int linkedValues)
        implements AutoCloseable {
    public ReplicaPage {
        objects = List.copyOf(objects);
    }

    @Override
    public void close() {
        objects.forEach(ReplicaObject::close);
    }
}
