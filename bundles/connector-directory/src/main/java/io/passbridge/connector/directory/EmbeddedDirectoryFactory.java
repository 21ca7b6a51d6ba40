/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorFactory;
import io.passbridge.connector.directory.database.UserStore;
import io.passbridge.health.Finding;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/** Makes cloud directories that keep their users in an embedded database. */
@Component
public final class EmbeddedDirectoryFactory implements ConnectorFactory {
    private static final ConnectorDescriptor DESCRIPTOR =
            new ConnectorDescriptor(
                    "directory",
                    "Cloud directory, embedded",
                    "io.passbridge.connector.directory",
                    List.of(Parameters.signInPort()),
                    false);

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<Finding> validate(ConnectorConfiguration configuration) {
        return List.of();
    }

    @Override
    public Connector open(ConnectorContext context) throws ConnectorException {
        return new DirectoryConnector(
                context, UserStore.embedded(context.dataFolder()), Optional.empty());
    }
}
