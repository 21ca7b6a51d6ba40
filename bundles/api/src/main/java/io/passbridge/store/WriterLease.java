/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The lease under which one server exports. Every acquisition by another holder raises the fencing
 * token, and every write of sync state carries the token. A service, thread-safe; times are the
 * database's own.
 */
@ProviderType
public interface WriterLease {
    /**
     * Takes or renews the lease for this server.
     *
     * @param holder this server's id
     * @param validity how long it holds without renewal
     * @return the lease, or empty while another server holds it
     */
    Optional<Lease> acquire(String holder, Duration validity) throws StoreException;

    /** Takes the lease whether or not another server holds it, fencing that server out. */
    Lease seize(String holder, Duration validity) throws StoreException;

    /** Gives the lease back; nothing happens if this server does not hold it. */
    void release(String holder) throws StoreException;

    /** Who holds it now, if anybody does. */
    Optional<Lease> current() throws StoreException;

    /**
     * A lease.
     *
     * @param holder the server that holds it
     * @param token the fencing token
     * @param until when it ends unless it is renewed
     */
    record Lease(String holder, long token, Instant until) {}
}
