/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.example;

import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorFactory;
import io.passbridge.connector.tck.TargetHarness;
import io.passbridge.connector.tck.TestConfiguration;
import io.passbridge.connector.tck.TestContext;
import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.Digest;
import io.passbridge.credential.SourceAnchor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Shows the contract tests a ledger in a folder. */
final class LedgerHarness implements TargetHarness {
    private final LedgerConnectorFactory factory = new LedgerConnectorFactory();
    private final Path file;
    private final TestContext context;

    LedgerHarness(Path folder) {
        file = folder.resolve("ledger");
        context =
                new TestContext(
                        new TestConfiguration(
                                "test", factory.descriptor(), folder, Map.of("path", "ledger")),
                        folder.resolve("data"));
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
    public List<Path> documentation() {
        return List.of(Path.of("src/test/java/io/passbridge/example/README.md"));
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
        return new Digest("pph1", "v1;PPH1_MD4,%020d,1000,%064d;".formatted(number, number));
    }

    @Override
    public Optional<String> storedDigest(SourceAnchor user) throws IOException {
        return line(user).map(Ledger.Line::digest);
    }

    @Override
    public boolean maySignIn(SourceAnchor user, AccountState applied) throws IOException {
        return line(user)
                .map(line -> AccountState.ofBits(line.state()).mayStillSignIn())
                .orElse(false);
    }

    @Override
    public Set<String> attribute(SourceAnchor user, String name) throws IOException {
        return line(user).orElseThrow().attributes().getOrDefault(name, Set.of());
    }

    private Optional<Ledger.Line> line(SourceAnchor user) throws IOException {
        return Optional.ofNullable(new Ledger(file).read().get(user.value()));
    }

    @Override
    public void close() {
        context.close();
    }
}
