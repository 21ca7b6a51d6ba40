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
import io.passbridge.connector.ldap.settings.TargetParameters;
import io.passbridge.connector.ldap.settings.TargetSettings;
import io.passbridge.health.Finding;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Makes connectors to LDAP directories that take passwords. */
@Component
public final class LdapTargetFactory implements ConnectorFactory {
    private static final ConnectorDescriptor DESCRIPTOR =
            new ConnectorDescriptor(
                    "ldaptarget",
                    "LDAP directory as target",
                    "io.passbridge.connector.ldaptarget",
                    TargetParameters.ALL,
                    true);

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<Finding> validate(ConnectorConfiguration configuration) {
        return TargetParameters.faults(configuration);
    }

    @Override
    public boolean signsInWithSecret(ConnectorConfiguration configuration) {
        return TargetParameters.signsInWithSecret(configuration);
    }

    @Override
    public Connector open(ConnectorContext context) throws ConnectorException {
        return new LdapTarget(TargetSettings.of(context.configuration()), context);
    }
}
