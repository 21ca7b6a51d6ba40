/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.samba;

import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorFactory;
import org.osgi.service.component.annotations.Component;

/** Makes connectors to agents of Samba domains. */
@Component
public final class SambaConnectorFactory implements ConnectorFactory {
    private static final ConnectorDescriptor DESCRIPTOR =
            new ConnectorDescriptor(
                    "samba",
                    "Samba domain",
                    "io.passbridge.connector.samba",
                    Settings.PARAMETERS,
                    true);

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Connector open(ConnectorContext context) {
        return new SambaConnector(context, Settings.of(context.configuration()));
    }
}
