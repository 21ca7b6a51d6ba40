/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.recovery;

import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.keyset.Patience;
import io.passbridge.keys.keyset.ServerId;
import io.passbridge.store.StoreException;
import io.passbridge.store.WriterLease;
import java.time.Duration;

/** The writer's lease as an activation sees it: another server that holds it must be fenced out. */
final class Lease {
    /** Long enough for this server's scheduler to take over what was seized in its name. */
    private static final Duration VALIDITY = Duration.ofMinutes(5);

    private final ServerId serverId;
    private final Patience patience;
    private volatile WriterLease lease;

    Lease(ServerId serverId, Patience patience) {
        this.serverId = serverId;
        this.patience = patience;
    }

    void set(WriterLease present) {
        lease = present;
        patience.signal();
    }

    void unset(WriterLease gone) {
        if (lease == gone) {
            lease = null;
        }
    }

    /** The other server that holds the lease now, or an empty text. */
    String otherHolder() throws KeyException {
        try {
            String us = serverId.read();
            return require()
                    .current()
                    .map(WriterLease.Lease::holder)
                    .filter(h -> !h.equals(us))
                    .orElse("");
        } catch (StoreException e) {
            throw unreadable(e);
        }
    }

    /** Takes the lease in the name of this server, which fences every other one out. */
    void seize() throws KeyException {
        try {
            require().seize(serverId.read(), VALIDITY);
        } catch (StoreException e) {
            throw unreadable(e);
        }
    }

    private WriterLease require() throws KeyException {
        patience.await(() -> lease != null);
        WriterLease present = lease;
        if (present == null) {
            throw new KeyException(
                    Kind.NOT_ALLOWED,
                    "whether another server is active cannot be told, since the store is not"
                            + " running; doctor says why");
        }
        return present;
    }

    private static KeyException unreadable(StoreException e) {
        return new KeyException(
                Kind.NOT_ALLOWED,
                "whether another server is active cannot be told: " + e.getMessage(),
                e);
    }
}
