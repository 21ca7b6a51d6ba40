/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import io.passbridge.credential.Account;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Capability of a target beside {@link AccountTarget}: says what {@link AccountTarget#provision}
 * would do, for forecasts.
 */
@ConsumerType
public interface AccountRehearsal {
    /**
     * The outcomes that {@code provision} would have now. Changes nothing.
     *
     * @param batch 1 to 1,000 accounts, at most one for an anchor
     * @return one outcome for each item, in the order of the batch; {@code APPLIED} for whoever
     *     would be made or changed, with what would change as its detail
     */
    List<ItemOutcome> rehearse(List<Account> batch) throws ConnectorException;
}
