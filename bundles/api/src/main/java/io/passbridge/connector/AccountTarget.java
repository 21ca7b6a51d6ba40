/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import io.passbridge.credential.Account;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Capability of a target: creates and updates the user objects that passwords belong to. */
@ConsumerType
public interface AccountTarget {
    /**
     * Creates the users that are missing and updates the names of those that are there. Idempotent.
     * Never takes over a user that was created by somebody else with the same login name: that is a
     * conflict.
     *
     * @param batch 1 to 1,000 accounts, at most one for an anchor
     * @return one outcome for each item, in the order of the batch
     */
    List<ItemOutcome> provision(List<Account> batch) throws ConnectorException;
}
