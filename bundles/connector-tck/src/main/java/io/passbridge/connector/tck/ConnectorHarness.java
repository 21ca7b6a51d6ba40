/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorFactory;

/**
 * What a contract needs to know about the connector under test and the system that it talks to. One
 * harness serves one test; closing it takes the system down. Users' anchors are the harness's to
 * choose.
 */
public interface ConnectorHarness extends AutoCloseable {
    /** The factory under test. */
    ConnectorFactory factory();

    /** The context under which connectors are opened: one instance, one data folder. */
    TestContext context();

    /** Opens one more connector of the instance, closed by the caller. */
    default Connector open() throws ConnectorException {
        return factory().open(context());
    }

    @Override
    void close() throws Exception;
}
