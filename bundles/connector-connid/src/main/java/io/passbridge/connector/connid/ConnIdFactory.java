/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorFactory;
import io.passbridge.health.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.identityconnectors.framework.impl.api.local.LocalConnectorInfoImpl;

/** A connector type of ours for one ConnId connector. */
final class ConnIdFactory implements ConnectorFactory {
    private final ConnectorProperties properties;
    private final ConnectorDescriptor descriptor;

    /**
     * @throws IllegalArgumentException if the connector has a property of a name that the bridge
     *     needs
     */
    ConnIdFactory(LocalConnectorInfoImpl connector) {
        properties = new ConnectorProperties(connector);
        List<Parameter> own = properties.parameters();
        List<String> clashes =
                own.stream()
                        .map(Parameter::name)
                        .filter(
                                name ->
                                        Settings.PARAMETERS.stream()
                                                .anyMatch(p -> p.name().equals(name)))
                        .toList();
        if (!clashes.isEmpty()) {
            throw new IllegalArgumentException(
                    "the bridge has parameters of the same name as its "
                            + ConnectorProperties.words(clashes));
        }
        String type = type(connector.getConnectorClass().getSimpleName());
        descriptor =
                new ConnectorDescriptor(
                        type,
                        displayName(connector),
                        "io.passbridge.connector." + type,
                        Stream.concat(Settings.PARAMETERS.stream(), own.stream()).toList(),
                        !properties.secrets().isEmpty());
    }

    private static String type(String simpleName) {
        String name = simpleName.replaceFirst("Connector$", "").toLowerCase(Locale.ROOT);
        return "connid" + name.replaceAll("[^a-z0-9]", "");
    }

    private static String displayName(LocalConnectorInfoImpl connector) {
        String name = connector.getConnectorDisplayName();
        return name == null || name.isBlank()
                ? "ConnId " + connector.getConnectorClass().getSimpleName()
                : "ConnId: " + name;
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public List<Finding> validate(ConnectorConfiguration configuration) {
        List<Finding> faults = new ArrayList<>(Settings.validate(configuration));
        try {
            properties.configuration(configuration);
        } catch (IllegalArgumentException e) {
            faults.add(
                    Finding.error(
                            descriptor.type(), e.getMessage(), "write it as connector:show says"));
        }
        return faults;
    }

    @Override
    public Connector open(ConnectorContext context) throws ConnectorException {
        return new ConnIdConnector(context, properties);
    }
}
