/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.connector.host.ConnectorListener;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Hands the connectors' signals to the engine. A component of its own without references, since the
 * host that calls it is needed by the engine: otherwise each would wait for the other.
 */
@Component(service = {ConnectorListener.class, ConnectorSignals.class})
public final class ConnectorSignals implements ConnectorListener {
    private final AtomicReference<Engine> engine = new AtomicReference<>();

    @Activate
    public ConnectorSignals() {}

    void attach(Engine arrived) {
        engine.set(arrived);
    }

    void detach() {
        engine.set(null);
    }

    @Override
    public void changesSignalled(String instance) {
        Engine present = engine.get();
        if (present != null) {
            present.signalled(instance);
        }
    }

    @Override
    public void instanceChanged(String instance) {
        Engine present = engine.get();
        if (present != null) {
            present.instanceChanged(instance);
        }
    }
}
