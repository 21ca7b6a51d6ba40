/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import io.passbridge.connector.ChangeSignal;
import io.passbridge.connector.ConnectorException;

final class FaultySignal implements ChangeSignal {
    private final ChangeSignal wrapped;
    private final FaultPlan plan;

    FaultySignal(ChangeSignal wrapped, FaultPlan plan) {
        this.wrapped = wrapped;
        this.plan = plan;
    }

    @Override
    public Subscription subscribe(Runnable listener) throws ConnectorException {
        return wrapped.subscribe(() -> signal(listener));
    }

    private void signal(Runnable listener) {
        Fault fault = plan.take(FaultPlan.Operation.SIGNAL).orElse(null);
        if (fault == Fault.DROP) {
            return;
        }
        if (fault == Fault.DELAY) {
            Mishap.delay(plan);
        }
        if (fault == Fault.DUPLICATE) {
            listener.run();
        }
        listener.run();
    }
}
