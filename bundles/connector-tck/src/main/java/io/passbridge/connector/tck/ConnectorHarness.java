/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorFactory;
import java.nio.file.Path;
import java.util.List;

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

    /**
     * The pages in Markdown with tables of the parameters, which are then checked: the connector's
     * own, and after it those of other connectors with what they share. Empty if there are none.
     */
    default List<Path> documentation() {
        return List.of();
    }

    /**
     * The parameters whose names and descriptions are the connector's to choose: all, but for a
     * bridge to connectors of others.
     */
    default List<Parameter> ownParameters() {
        return factory().descriptor().parameters();
    }

    /** Opens one more connector of the instance, closed by the caller. */
    default Connector open() throws ConnectorException {
        return factory().open(context());
    }

    @Override
    void close() throws Exception;
}
