/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.plugin;

import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorDescriptor.Type;
import io.passbridge.connector.ConnectorFactory;
import java.util.List;

/**
 * Makes connectors over a table of invented users, as sources, and over a text file, as targets.
 * Packed into bundles of several versions by the tests.
 */
public final class TableFactory implements ConnectorFactory {
    /** The factory PID. */
    public static final String PID = "io.passbridge.connector.table";

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "table",
                "Table of invented users",
                PID,
                List.of(
                        Parameter.optional(
                                "rows", Type.INTEGER, "0", "How many users a source has."),
                        Parameter.optional("file", Type.PATH, "", "Where a target writes."),
                        Parameter.optional(
                                "latencyMillis", Type.INTEGER, "2", "How long a call takes.")),
                false);
    }

    @Override
    public Connector open(ConnectorContext context) {
        return context.configuration().path("file").isPresent()
                ? new FileTarget(context)
                : new TableSource(context);
    }
}
