/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution.plugin;

import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorFactory;
import java.util.List;

/** The least that can be a connector. */
public class NotesFactory implements ConnectorFactory {
    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "notes", "Notes", "io.passbridge.connector.notes", List.of(), false);
    }

    @Override
    public Connector open(ConnectorContext context) {
        return new NotesConnector();
    }
}
