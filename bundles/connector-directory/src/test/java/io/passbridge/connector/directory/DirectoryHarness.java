/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorFactory;
import io.passbridge.connector.directory.database.Database;
import io.passbridge.connector.directory.database.FreeAttributes;
import io.passbridge.connector.directory.database.UserStore;
import io.passbridge.connector.tck.TargetHarness;
import io.passbridge.connector.tck.TestConfiguration;
import io.passbridge.connector.tck.TestContext;
import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.Digest;
import io.passbridge.credential.SourceAnchor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows the contract tests an embedded directory, and looks into its table beside it. */
final class DirectoryHarness implements TargetHarness {
    private final EmbeddedDirectoryFactory factory = new EmbeddedDirectoryFactory();
    private final TestContext context;
    private final Database database;

    DirectoryHarness(Path folder) {
        Path data = folder.resolve("data");
        context =
                new TestContext(
                                new TestConfiguration(
                                        "test", factory.descriptor(), folder, Map.of()),
                                data)
                        .withVerifier(HashServices.verifier());
        database = new Database(UserStore.embedded(data));
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
    public void addUser(SourceAnchor user, String loginName) throws ConnectorException {
        try (Connector connector = open()) {
            connector
                    .capability(AccountTarget.class)
                    .orElseThrow()
                    .provision(List.of(Account.named(user, loginName)));
        }
    }

    @Override
    public Digest digest(int number) {
        return Lab.pph1("Contract-Password-" + number);
    }

    @Override
    public Optional<String> storedDigest(SourceAnchor user) throws ConnectorException {
        return column(user, "digest");
    }

    @Override
    public Optional<Boolean> signsIn(String loginName, String password) throws Exception {
        URI uri =
                URI.create(
                        Files.readString(context.dataFolder().resolve(DirectoryConnector.URL_FILE))
                                .strip());
        String body = "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(loginName, password);
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        int status =
                HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
        return Optional.of(status == 200);
    }

    @Override
    public List<String> attribute(SourceAnchor user, String name) throws ConnectorException {
        return FreeAttributes.parse(column(user, "attributes").orElse(""))
                .getOrDefault(name, List.of());
    }

    @Override
    public boolean maySignIn(SourceAnchor user, AccountState applied) throws ConnectorException {
        return column(user, "state")
                .map(bits -> AccountState.ofBits(Integer.parseInt(bits)).mayStillSignIn())
                .orElse(false);
    }

    private Optional<String> column(SourceAnchor user, String name) throws ConnectorException {
        return database.read(
                connection -> {
                    try (PreparedStatement query =
                            connection.prepareStatement(
                                    "SELECT " + name + " FROM directory_user WHERE anchor = ?")) {
                        query.setString(1, user.value());
                        try (ResultSet row = query.executeQuery()) {
                            return row.next()
                                    ? Optional.ofNullable(row.getString(1))
                                    : Optional.empty();
                        }
                    }
                });
    }

    @Override
    public List<Path> documentation() {
        return List.of(Path.of("../../docs/connectors/directory.md"));
    }

    @Override
    public void close() {
        database.close();
        context.close();
    }
}
