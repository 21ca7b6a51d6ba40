/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorFactory;
import io.passbridge.connector.keycloak.settings.Settings;
import io.passbridge.health.Finding;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Makes connectors to realms of Keycloak. */
@Component
public final class KeycloakConnectorFactory implements ConnectorFactory {
    private static final ConnectorDescriptor DESCRIPTOR =
            new ConnectorDescriptor(
                    "keycloak",
                    "Keycloak",
                    "io.passbridge.connector.keycloak",
                    Settings.PARAMETERS,
                    true);

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<Finding> validate(ConnectorConfiguration configuration) {
        return Settings.validate(configuration);
    }

    @Override
    public Connector open(ConnectorContext context) throws ConnectorException {
        return new KeycloakConnector(context, Settings.of(context.configuration()));
    }
}
