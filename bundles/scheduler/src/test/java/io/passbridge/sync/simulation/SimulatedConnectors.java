/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.simulation;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.connector.host.ConnectorStatus;
import io.passbridge.connector.host.ConnectorStatus.Phase;
import io.passbridge.health.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** The source "corp" and the target "cloud"; calls in the calling thread. */
public final class SimulatedConnectors implements ConnectorRegistry {
    private final SimulatedSource source;
    private final SimulatedTarget target;

    /** Whether the file or the bundle of the target is not there. */
    public volatile boolean targetAway;

    /** Of the source; another one means that it was opened anew. */
    public final AtomicLong session = new AtomicLong(1);

    SimulatedConnectors(SimulatedSource source, SimulatedTarget target) {
        this.source = source;
        this.target = target;
    }

    @Override
    public List<ConnectorStatus> instances() {
        return List.of();
    }

    @Override
    public Optional<ConnectorStatus> instance(String name) {
        boolean there = name.equals("corp") || name.equals("cloud") && !targetAway;
        return Optional.of(name).filter(n -> there).map(SimulatedConnectors::online);
    }

    private static ConnectorStatus online(String name) {
        return new ConnectorStatus(
                name, "test", Phase.ONLINE, "", Instant.EPOCH, Set.of(), "", 0, 0, 0);
    }

    @Override
    public long session(String instance) {
        return instance.equals("corp") ? session.get() : 0;
    }

    @Override
    public boolean has(String instance, Class<?> capability) {
        return find(instance, capability) != null;
    }

    private Object find(String instance, Class<?> capability) {
        Object found =
                instance.equals("corp")
                        ? source
                        : instance.equals("cloud") && !targetAway ? target : null;
        return capability.isInstance(found) ? found : null;
    }

    @Override
    public <C, R> R call(String instance, Class<C> capability, Call<C, R> call)
            throws ConnectorException {
        Object found = find(instance, capability);
        if (found == null) {
            throw new ConnectorException(Kind.UNREACHABLE, instance + " is not there");
        }
        return call.on(capability.cast(found));
    }

    @Override
    public List<Finding> test(String instance) {
        return List.of();
    }

    @Override
    public void pause(String instance) {}

    @Override
    public void resume(String instance) {}
}
