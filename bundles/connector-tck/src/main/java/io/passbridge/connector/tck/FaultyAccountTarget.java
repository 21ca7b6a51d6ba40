/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.credential.Account;
import java.util.List;

final class FaultyAccountTarget implements AccountTarget {
    private final AccountTarget wrapped;
    private final FaultPlan plan;

    FaultyAccountTarget(AccountTarget wrapped, FaultPlan plan) {
        this.wrapped = wrapped;
        this.plan = plan;
    }

    @Override
    public List<ItemOutcome> provision(List<Account> batch) throws ConnectorException {
        return new FaultyBatch<>(plan, FaultPlan.Operation.PROVISION, wrapped::provision)
                .write(batch);
    }
}
