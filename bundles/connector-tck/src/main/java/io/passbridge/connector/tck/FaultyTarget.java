/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import java.util.List;
import java.util.Set;

final class FaultyTarget implements PasswordTarget {
    private final PasswordTarget wrapped;
    private final FaultPlan plan;

    FaultyTarget(PasswordTarget wrapped, FaultPlan plan) {
        this.wrapped = wrapped;
        this.plan = plan;
    }

    @Override
    public Set<String> schemes() throws ConnectorException {
        return wrapped.schemes();
    }

    @Override
    public List<ItemOutcome> apply(List<PasswordUpdate> batch) throws ConnectorException {
        return new FaultyBatch<>(plan, FaultPlan.Operation.APPLY, wrapped::apply).write(batch);
    }
}
