/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorFactory;
import io.passbridge.connector.ldap.settings.LdapSettings;
import io.passbridge.connector.ldap.settings.Parameters;
import io.passbridge.health.Finding;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Makes connectors to LDAP directories. */
@Component
public final class LdapConnectorFactory implements ConnectorFactory {
    private static final ConnectorDescriptor DESCRIPTOR =
            new ConnectorDescriptor(
                    "ldap", "LDAP directory", "io.passbridge.connector.ldap", Parameters.ALL, true);

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<Finding> validate(ConnectorConfiguration configuration) {
        return Parameters.faults(configuration);
    }

    @Override
    public boolean signsInWithSecret(ConnectorConfiguration configuration) {
        return Parameters.signsInWithSecret(configuration);
    }

    @Override
    public Connector open(ConnectorContext context) throws ConnectorException {
        return new LdapConnector(LdapSettings.of(context.configuration()), context);
    }
}
