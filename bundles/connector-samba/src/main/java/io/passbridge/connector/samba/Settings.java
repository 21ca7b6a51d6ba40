/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.samba;

import io.passbridge.connector.AllowedValues;
import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorDescriptor.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The configuration of one instance.
 *
 * @param agent address of the agent
 * @param recipientKey file with the agent's public key
 * @param certificate PEM file with the certificate that the agent shows
 * @param timeout for one request
 */
record Settings(URI agent, Path recipientKey, Path certificate, Duration timeout) {
    static final List<Parameter> PARAMETERS =
            List.of(
                    Parameter.required(
                                    "agent",
                                    Type.TEXT,
                                    "Address of the agent on the receiving domain controller:"
                                            + " https://HOST:PORT.")
                            .with(
                                    new AllowedValues.Form(
                                            "https://(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9.-]+):\\d{1,5}",
                                            "give https://HOST:PORT, such as"
                                                    + " https://dc1.example.com:8636")),
                    Parameter.required(
                                    "recipientKey",
                                    Type.PATH,
                                    "File with the agent's public key, recipient.pub of its"
                                            + " folder.")
                            .readable(),
                    Parameter.required(
                                    "certificate",
                                    Type.PATH,
                                    "PEM file with the agent's certificate, agent.pem of its"
                                            + " folder.")
                            .readable(),
                    Parameter.optional("timeoutSeconds", Type.INTEGER, "60", "Limit for a request.")
                            .within(1, 3_600));

    static Settings of(ConnectorConfiguration configuration) {
        return new Settings(
                URI.create(configuration.text("agent").orElseThrow()),
                configuration.path("recipientKey").orElseThrow(),
                configuration.path("certificate").orElseThrow(),
                Duration.ofSeconds(configuration.integer("timeoutSeconds")));
    }
}
