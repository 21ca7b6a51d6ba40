/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import io.passbridge.connector.AccountSource;
import io.passbridge.connector.ConnectorException;
import io.passbridge.credential.Account;
import io.passbridge.credential.SourceAnchor;
import java.util.Collection;
import java.util.List;

final class FaultyAccountSource implements AccountSource {
    private final AccountSource wrapped;
    private final FaultPlan plan;

    FaultyAccountSource(AccountSource wrapped, FaultPlan plan) {
        this.wrapped = wrapped;
        this.plan = plan;
    }

    @Override
    public List<Account> accounts(Collection<SourceAnchor> anchors) throws ConnectorException {
        Mishap.before(plan, FaultPlan.Operation.ACCOUNTS);
        return wrapped.accounts(anchors);
    }

    @Override
    public List<Account> find(String name) throws ConnectorException {
        Mishap.before(plan, FaultPlan.Operation.ACCOUNTS);
        return wrapped.find(name);
    }
}
