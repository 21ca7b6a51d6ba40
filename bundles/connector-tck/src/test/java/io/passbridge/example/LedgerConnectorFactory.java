/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.example;

import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorDescriptor.Type;
import io.passbridge.connector.ConnectorFactory;
import io.passbridge.health.Finding;
import java.nio.file.Path;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The example of docs/writing-a-connector.md: a target that keeps digests in a text file. */
@Component
public final class LedgerConnectorFactory implements ConnectorFactory {
    private static final ConnectorDescriptor DESCRIPTOR =
            new ConnectorDescriptor(
                    "ledger",
                    "Ledger file",
                    "io.passbridge.connector.ledger",
                    List.of(
                            Parameter.required(
                                    "path", Type.PATH, "The file that holds users and digests."),
                            Parameter.optional(
                                    "schemes",
                                    Type.LIST,
                                    "pph1,pph2",
                                    "The digest schemes that the readers of the file can verify.")),
                    false);

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<Finding> validate(ConnectorConfiguration configuration) {
        return configuration.list("schemes").isEmpty()
                ? List.of(Finding.error("schemes", "is empty", "Name at least one digest scheme."))
                : List.of();
    }

    @Override
    public Connector open(ConnectorContext context) {
        ConnectorConfiguration configuration = context.configuration();
        Path file = configuration.path("path").orElseThrow();
        return new LedgerConnector(new Ledger(file), configuration.list("schemes"));
    }
}
