/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.connector.ConnectorException;

/** Opens sessions, each with the account's secret as it is then. */
@FunctionalInterface
interface Sessions {
    Session open() throws ConnectorException;
}
