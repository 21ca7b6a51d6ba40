/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorFactory;
import io.passbridge.health.Finding;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Makes connectors to Active Directory domains. */
@Component
public final class AdConnectorFactory implements ConnectorFactory {
    private static final ConnectorDescriptor DESCRIPTOR =
            new ConnectorDescriptor(
                    "ad",
                    "Active Directory",
                    "io.passbridge.connector.ad",
                    AdSettings.PARAMETERS,
                    true);

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<Finding> validate(ConnectorConfiguration configuration) {
        return AdSettings.faults(configuration);
    }

    @Override
    public Connector open(ConnectorContext context) {
        return new AdConnector(AdSettings.of(context.configuration()), context);
    }
}
