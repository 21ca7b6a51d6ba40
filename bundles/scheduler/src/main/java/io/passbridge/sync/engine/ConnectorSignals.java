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
    private final AtomicReference<SyncEngine> engine = new AtomicReference<>();

    @Activate
    public ConnectorSignals() {}

    public void attach(SyncEngine arrived) {
        engine.set(arrived);
    }

    public void detach() {
        engine.set(null);
    }

    /** What a target verifies and what a source gives may be other than a moment ago. */
    void policyChanged() {
        SyncEngine present = engine.get();
        if (present != null) {
            present.policyChanged();
        }
    }

    @Override
    public void changesSignalled(String instance) {
        SyncEngine present = engine.get();
        if (present != null) {
            present.signalled(instance);
        }
    }

    @Override
    public void instanceChanged(String instance) {
        SyncEngine present = engine.get();
        if (present != null) {
            present.instanceChanged(instance);
        }
    }
}
