/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import io.passbridge.connector.AllowedValues;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorDescriptor.Type;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorFactory;
import io.passbridge.connector.directory.database.PostgresRoleReset;
import io.passbridge.connector.directory.database.UserStore;
import io.passbridge.health.Finding;
import io.passbridge.jdbc.PostgresLocation;
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
    private static final Pattern ROLE = Pattern.compile("[?&]user=", Pattern.CASE_INSENSITIVE);
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
                                            "The schema of the tables; created if it is missing.")
                                    .with(
                                            new AllowedValues.Form(
                                                    "[a-z_][a-z0-9_]{0,62}",
                                                    "use lower-case letters, digits and"
                                                            + " underscores, 63 at most")),
                            Parameters.signInPort()),
                    true);

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<Finding> validate(ConnectorConfiguration configuration) {
        List<Finding> findings = new ArrayList<>();
        String url = configuration.text(URL).orElse("");
        if (!PostgresLocation.isPlain(url)) {
            findings.add(
                    Finding.error(
                            URL,
                            "the url does not begin with jdbc:postgresql:",
                            "use type directory for an embedded database"));
        } else if (PostgresLocation.holdsSecret(url) || ROLE.matcher(url).find()) {
            findings.add(
                    Finding.error(
                            URL,
                            "the url holds a role or a password",
                            "take it out and use account:set " + configuration.instance()));
        }
        return findings;
    }

    @Override
    public Connector open(ConnectorContext context) throws ConnectorException {
        ConnectorConfiguration configuration = context.configuration();
        String url = configuration.text(URL).orElseThrow();
        PostgresLocation location =
                new PostgresLocation(
                        url,
                        configuration.text(SCHEMA).orElseThrow(),
                        new AccountRole(context, PostgresLocation.name(url)),
                        "",
                        "passbridge-directory",
                        () -> context.legacyPolicy().fipsEnforced());
        return new DirectoryConnector(
                context, new UserStore(location), Optional.of(new PostgresRoleReset(location)));
    }
}
