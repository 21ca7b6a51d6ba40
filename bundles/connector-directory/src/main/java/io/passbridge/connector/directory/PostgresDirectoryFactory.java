/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorDescriptor.Type;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorFactory;
import io.passbridge.health.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Component;

/** Makes cloud directories that keep their users in PostgreSQL. */
@Component
public final class PostgresDirectoryFactory implements ConnectorFactory {
    private static final String URL = "url";
    private static final String SCHEMA = "schema";
    private static final Pattern SECRET =
            Pattern.compile("[?&](user|password|sslpassword)=|//[^/?]*@", Pattern.CASE_INSENSITIVE);
    private static final ConnectorDescriptor DESCRIPTOR =
            new ConnectorDescriptor(
                    "directorypg",
                    "Cloud directory in PostgreSQL",
                    "io.passbridge.connector.directorypg",
                    List.of(
                            Parameter.required(
                                    URL,
                                    Type.TEXT,
                                    "The database: jdbc:postgresql://host/name?sslmode=verify-full."
                                            + " Its role and password are the instance's account."),
                            Parameter.optional(
                                    SCHEMA,
                                    Type.TEXT,
                                    "passbridge_directory",
                                    "The schema of the tables; created if it is missing."),
                            Parameters.signInPort()),
                    true);

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<Finding> validate(ConnectorConfiguration configuration) {
        List<Finding> findings = new ArrayList<>(Parameters.validate(configuration));
        String url = configuration.text(URL).orElse("");
        if (!url.startsWith("jdbc:postgresql:")) {
            findings.add(
                    Finding.error(
                            URL,
                            "the url does not begin with jdbc:postgresql:",
                            "use type directory for an embedded database"));
        } else if (SECRET.matcher(url).find()) {
            findings.add(
                    Finding.error(
                            URL,
                            "the url holds a role or a password",
                            "take it out and use account:set " + configuration.instance()));
        }
        String schema = configuration.text(SCHEMA).orElse("");
        if (!schema.matches("[a-z_][a-z0-9_]{0,62}")) {
            findings.add(
                    Finding.error(
                            SCHEMA,
                            "'" + schema + "' is not a plain schema name",
                            "use lower-case letters, digits and underscores, 63 at most"));
        }
        return findings;
    }

    @Override
    public Connector open(ConnectorContext context) throws ConnectorException {
        ConnectorConfiguration configuration = context.configuration();
        PostgresEngine engine =
                new PostgresEngine(
                        configuration.text(URL).orElseThrow(),
                        configuration.text(SCHEMA).orElseThrow(),
                        context);
        return new DirectoryConnector(context, engine, Optional.of(new PostgresRoleReset(engine)));
    }
}
