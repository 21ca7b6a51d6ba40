/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorFactory;
import io.passbridge.connector.tck.TargetHarness;
import io.passbridge.connector.tck.TestConfiguration;
import io.passbridge.connector.tck.TestContext;
import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.Digest;
import io.passbridge.credential.Secret;
import io.passbridge.credential.SourceAnchor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ConnId's database table as a target, over a table of H2 with a column of hashed passwords. */
final class TableHarness implements TargetHarness {
    private static final String OWNER = "owner";
    private static final String OWNERS_PASSWORD = "open sesame";

    private final String url;
    private final Connection database;
    private final ConnectorJar jar;
    private final ConnectorFactory factory;
    private final TestContext context;

    TableHarness(Path folder) throws Exception {
        url = "jdbc:h2:mem:" + folder.getFileName() + ";DB_CLOSE_DELAY=-1";
        database = DriverManager.getConnection(url, OWNER, OWNERS_PASSWORD);
        execute(
                "CREATE TABLE people (login VARCHAR(100) PRIMARY KEY, anchor VARCHAR(255) UNIQUE,"
                        + " version VARCHAR(64), digest VARCHAR(500), active VARCHAR(10),"
                        + " mail VARCHAR(100), title VARCHAR(100))");
        jar = Dropped.open("db.table", folder);
        factory = new ConnIdFactory(jar.connectors().get(0));
        context =
                new TestContext(
                                new TestConfiguration(
                                        "hr", factory.descriptor(), folder, parameters()),
                                folder.resolve("data"))
                        .withAccount(OWNER, OWNERS_PASSWORD)
                        .withVerifier(Dropped.verifier());
    }

    private Map<String, String> parameters() {
        return Map.ofEntries(
                Map.entry("jdbcDriver", "org.h2.Driver"),
                Map.entry("jdbcUrlTemplate", url),
                Map.entry("table", "PEOPLE"),
                Map.entry("keyColumn", "LOGIN"),
                Map.entry("statusColumn", "ACTIVE"),
                Map.entry("anchorIn", "ANCHOR"),
                Map.entry("versionIn", "VERSION"),
                Map.entry("digestIn", "DIGEST"),
                Map.entry("digests", "SSHA512, CRYPT-2B"),
                Map.entry("fieldsIn", "MAIL=mail, TITLE=title"));
    }

    @Override
    public ConnectorFactory factory() {
        return factory;
    }

    @Override
    public TestContext context() {
        return context;
    }

    @Override
    public List<Parameter> ownParameters() {
        return Settings.PARAMETERS;
    }

    @Override
    public void addUser(SourceAnchor user, String loginName) throws Exception {
        try (Connector connector = open()) {
            connector
                    .capability(AccountTarget.class)
                    .orElseThrow()
                    .provision(List.of(Account.named(user, loginName)));
        }
    }

    @Override
    public Digest digest(int number) {
        byte[] hash = new byte[72];
        hash[0] = (byte) number;
        return Digest.ofUserPassword("{SSHA512}" + Base64.getEncoder().encodeToString(hash));
    }

    @Override
    public Optional<String> storedDigest(SourceAnchor user) throws SQLException {
        return cell("digest", user);
    }

    @Override
    public Optional<Boolean> signsIn(String loginName, String password) throws SQLException {
        try (ResultSet found =
                        database.createStatement()
                                .executeQuery(
                                        "SELECT digest FROM people WHERE login = '"
                                                + loginName
                                                + "'");
                Secret typed = Secret.owning(password.getBytes(StandardCharsets.UTF_8))) {
            return Optional.of(
                    found.next()
                            && Dropped.verifier()
                                    .verify(typed, Digest.ofUserPassword(found.getString(1))));
        }
    }

    @Override
    public boolean maySignIn(SourceAnchor user, AccountState applied) throws SQLException {
        return cell("active", user).map(Boolean::parseBoolean).orElse(false);
    }

    @Override
    public boolean takesSeveralValues() {
        return false;
    }

    @Override
    public Collection<String> attribute(SourceAnchor user, String name) throws SQLException {
        return cell(name, user).stream().toList();
    }

    private Optional<String> cell(String column, SourceAnchor user) throws SQLException {
        try (PreparedStatement query =
                database.prepareStatement("SELECT " + column + " FROM people WHERE anchor = ?")) {
            query.setString(1, user.value());
            try (ResultSet found = query.executeQuery()) {
                return found.next() ? Optional.ofNullable(found.getString(1)) : Optional.empty();
            }
        }
    }

    ClassLoader loader() {
        return jar.connectors().get(0).getConnectorClass().getClassLoader();
    }

    void execute(String statement) throws SQLException {
        database.createStatement().execute(statement);
    }

    @Override
    public void close() throws Exception {
        context.close();
        jar.close();
        execute("SHUTDOWN");
    }
}
