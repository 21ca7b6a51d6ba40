/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import io.passbridge.credential.LegacyPolicy;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Tells the engine that the FIPS policy has been changed, so that no route waits a cycle to judge
 * under the new one.
 */
@Component(service = PolicySignals.class, immediate = true)
public final class PolicySignals {
    private final ConnectorSignals engine;

    @Activate
    public PolicySignals(@Reference ConnectorSignals engine) {
        this.engine = engine;
    }

    /** Present so that its changes are told of; a constructor's reference has no such method. */
    @Reference(updated = "policyChanged")
    void bindPolicy(LegacyPolicy policy) {
        // only its changes matter
    }

    public void policyChanged(LegacyPolicy policy) {
        engine.policyChanged();
    }
}
