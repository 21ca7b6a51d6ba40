/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.administration;

import io.passbridge.store.OtherWriter;
import io.passbridge.store.RouteLeases;
import io.passbridge.store.ServerId;
import io.passbridge.store.StoreException;
import java.io.IOException;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Compares the holders of leases with the name under which this server would hold them. What
 * belongs to no route is written by the server that holds the lease of the administration.
 */
@Component(name = "io.passbridge.sync.engine.LeaseHolder")
public final class LeaseHolder implements OtherWriter {
    private final RouteLeases leases;
    private final ServerId own;

    @Activate
    public LeaseHolder(@Reference RouteLeases leases, @Reference SynchronizationService service) {
        this(leases, service.serverId());
    }

    LeaseHolder(RouteLeases leases, ServerId own) {
        this.leases = leases;
        this.own = own;
    }

    @Override
    public Optional<String> name() throws StoreException {
        return of(RouteLeases.ADMINISTRATION);
    }

    /** The other server that holds a lease, if one does. */
    Optional<String> of(String lease) throws StoreException {
        try {
            String us = own.read();
            return leases.board().holder(lease).filter(holder -> !holder.equals(us));
        } catch (IOException e) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, e.getMessage(), e);
        }
    }
}
