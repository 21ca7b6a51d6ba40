/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorFactory;
import io.passbridge.health.Finding;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Announces the connector for LDIF and smbpasswd files. */
@Component
public final class LdifConnectorFactory implements ConnectorFactory {
    private static final ConnectorDescriptor DESCRIPTOR =
            new ConnectorDescriptor(
                    "ldif",
                    "LDIF and smbpasswd files",
                    "io.passbridge.connector.ldif",
                    LdifSettings.PARAMETERS,
                    false);

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<Finding> validate(ConnectorConfiguration configuration) {
        return LdifSettings.validate(configuration);
    }

    @Override
    public Connector open(ConnectorContext context) {
        return new LdifConnector(LdifSettings.of(context.configuration()), context);
    }
}
