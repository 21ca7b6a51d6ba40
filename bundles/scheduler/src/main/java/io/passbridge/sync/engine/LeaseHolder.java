/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.store.OtherWriter;
import io.passbridge.store.StoreException;
import io.passbridge.store.WriterLease;
import io.passbridge.store.WriterLease.Lease;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Compares the holder of the lease with the name under which this server would hold it. */
@Component
public final class LeaseHolder implements OtherWriter {
    private final WriterLease lease;
    private final String own;

    @Activate
    public LeaseHolder(@Reference WriterLease lease, @Reference RouteBoard board) {
        this(lease, board.folder());
    }

    LeaseHolder(WriterLease lease, LocalFolder folder) {
        this.lease = lease;
        this.own = folder.serverId();
    }

    @Override
    public Optional<String> name() throws StoreException {
        return lease.current().map(Lease::holder).filter(holder -> !holder.equals(own));
    }
}
