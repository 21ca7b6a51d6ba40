/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.owner;

import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.act.Patience;
import io.passbridge.store.ServerId;
import io.passbridge.store.StoreException;
import io.passbridge.store.WriterLease;
import java.io.IOException;
import java.time.Duration;

/** The writer's lease as an activation sees it: another server that holds it must be fenced out. */
public final class Lease {
    /** Long enough for this server's scheduler to take over what was seized in its name. */
    private static final Duration VALIDITY = Duration.ofMinutes(5);

    private final ServerId serverId;
    private final Patience patience;
    private volatile WriterLease lease;

    public Lease(ServerId serverId, Patience patience) {
        this.serverId = serverId;
        this.patience = patience;
    }

    /** The store came. */
    public void set(WriterLease present) {
        lease = present;
        patience.signal();
    }

    /** The store went. */
    public void unset(WriterLease gone) {
        if (lease == gone) {
            lease = null;
        }
    }

    /** The other server that holds the lease now, or an empty text. */
    public String otherHolder() throws KeyException {
        try {
            String us = us();
            return require().holder().filter(h -> !h.equals(us)).orElse("");
        } catch (StoreException e) {
            throw unreadable(e);
        }
    }

    /** Another server that writes anything now, or an empty text. */
    public String otherAtWork() throws KeyException {
        String holder = otherHolder();
        if (!holder.isEmpty()) {
            return holder;
        }
        try {
            String us = us();
            return require().atWork().stream().filter(h -> !h.equals(us)).findFirst().orElse("");
        } catch (StoreException e) {
            throw unreadable(e);
        }
    }

    /** Takes the lease in the name of this server, which fences every other one out. */
    public void seize() throws KeyException {
        try {
            require().seize(us(), VALIDITY);
        } catch (StoreException e) {
            throw unreadable(e);
        }
    }

    /**
     * Refuses an act on stored values while another server is at work on them. Where there is no
     * lease, there is no other server.
     *
     * @param act what is to be run there instead
     */
    public void requireNoOther(String act) throws KeyException {
        String other = lease == null ? "" : otherHolder();
        if (!other.isEmpty()) {
            throw new KeyException(
                    Kind.NOT_ALLOWED,
                    "server "
                            + other
                            + " is at work on the store that this server shares with it; nothing"
                            + " was changed. "
                            + act
                            + " there, or when it has stopped");
        }
    }

    private String us() throws KeyException {
        try {
            return serverId.read();
        } catch (IOException e) {
            throw new KeyException(Kind.IO, e.getMessage(), e);
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
