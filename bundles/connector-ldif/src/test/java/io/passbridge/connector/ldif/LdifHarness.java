/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import io.passbridge.connector.ConnectorFactory;
import io.passbridge.connector.tck.SourceHarness;
import io.passbridge.connector.tck.TestConfiguration;
import io.passbridge.connector.tck.TestContext;
import io.passbridge.credential.SourceAnchor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** Shows the contract tests a file to which somebody appends. */
final class LdifHarness implements SourceHarness {
    private final LdifConnectorFactory factory = new LdifConnectorFactory();
    private final Path file;
    private final TestContext context;
    private int changes;

    LdifHarness(Path folder) throws IOException {
        file = folder.resolve("people.ldif");
        Files.writeString(file, LdifFixture.user("first", hash(0)));
        context =
                new TestContext(
                        new TestConfiguration(
                                "test",
                                factory.descriptor(),
                                folder,
                                Map.of(
                                        "path",
                                        file.toString(),
                                        "settleMillis",
                                        "0",
                                        "attributes",
                                        "position=title")),
                        folder.resolve("data"));
    }

    private static String hash(int number) {
        return "sambaNTPassword: %032x".formatted(number);
    }

    private void append(String record) throws IOException {
        Files.writeString(file, record, StandardOpenOption.APPEND);
    }

    private void modify(SourceAnchor user, String attribute, String value) throws IOException {
        append(
                "dn: %s\nchangetype: modify\nreplace: %s\n%s\n-\n\n"
                        .formatted(dn(user), attribute, value));
    }

    private static String dn(SourceAnchor user) {
        return "uid=" + user.value().substring("uuid-".length()) + ",ou=people,dc=example,dc=org";
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
    public SourceAnchor addUser(String loginName) throws IOException {
        append(LdifFixture.user(loginName, hash(++changes)));
        return new SourceAnchor("uuid-" + loginName);
    }

    @Override
    public void changePassword(SourceAnchor user) throws IOException {
        modify(user, "sambaNTPassword", hash(++changes));
    }

    @Override
    public void disable(SourceAnchor user) throws IOException {
        modify(user, "sambaAcctFlags", "sambaAcctFlags: [UD         ]");
    }

    @Override
    public void delete(SourceAnchor user) throws IOException {
        append("dn: " + dn(user) + "\nchangetype: delete\n\n");
    }

    @Override
    public void setTitle(SourceAnchor user, String title) throws IOException {
        modify(user, "title", "title: " + title);
    }

    @Override
    public void breakConnection() throws IOException {
        Files.delete(file);
    }

    @Override
    public List<Path> documentation() {
        return List.of(Path.of("../../bundles/connector-ldif/README.md"));
    }

    @Override
    public void close() {
        context.close();
    }
}
