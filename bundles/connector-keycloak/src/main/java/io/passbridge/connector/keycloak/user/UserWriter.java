/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.user;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.credential.Account;
import java.util.List;

/** One of the two ways in which users get into a realm. */
public interface UserWriter {
    /** One outcome for each account, in their order. */
    List<ItemOutcome> write(List<Account> batch) throws ConnectorException;
}
