/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.samba.agent;

import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorFactory;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.connector.SealedRecipient;
import io.passbridge.connector.samba.SambaConnectorFactory;
import io.passbridge.connector.samba.wire.Message;
import io.passbridge.connector.tck.TargetHarness;
import io.passbridge.connector.tck.TestConfiguration;
import io.passbridge.connector.tck.TestContext;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.Digest;
import io.passbridge.credential.NtHash;
import io.passbridge.credential.Recipient;
import io.passbridge.credential.Secret;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.hash.SealingScheme;
import io.passbridge.hash.sealed.SealedCredentials;
import io.passbridge.itests.lab.SambaLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An agent over a unit of its own in a running domain, and a connector to it. */
final class DomainHarness implements TargetHarness {
    private static int units;
    private static Path made;

    private final SambaLab lab;
    private final String suffix;
    private final AgentFolder folder;
    private final Domain domain;
    private final Domain held;
    private final Secret pairing;
    private final Server server;
    private final TestContext context;
    private final Map<SourceAnchor, String> logins = new HashMap<>();

    /**
     * @param address where the agent listens, {@code HOST:PORT}
     */
    DomainHarness(SambaLab lab, String address, Path place) throws Exception {
        this.lab = lab;
        this.suffix = "-" + ++units;
        lab.tool("ou", "create", "OU=Unit" + suffix);
        String unit = "OU=Unit" + suffix + ",DC=branch,DC=example";
        folder = folder(place.resolve("agent"), address, unit);
        domain = Domain.of(folder);
        // as long as one connection is open the LDAP library keeps its timer
        held = Domain.of(folder);
        held.check();
        pairing = folder.secret("pairing");
        server = new Server(folder, domain, new Handling(domain, folder.keys(), pairing), pairing);
        server.start();
        context =
                new TestContext(
                                new TestConfiguration(
                                        "branch",
                                        factory().descriptor(),
                                        folder.path(),
                                        Map.of(
                                                "agent", "https://" + address,
                                                "recipientKey", "recipient.pub",
                                                "certificate", "agent.pem")),
                                place.resolve("data"))
                        .withAccount("pairing", Files.readString(folder.path().resolve("pairing")));
        try (Connector first = open()) {
            first.test(); // the agent's threads come with the first request
        }
    }

    /** Keys and certificate are made once, since that takes long. */
    private AgentFolder folder(Path place, String address, String unit) throws Exception {
        if (made == null) {
            made = Files.createTempDirectory("pb-agent").resolve("agent");
            AgentFolder.make(made, address, unit, "" + lab.systemSocket());
        }
        Files.createDirectory(place);
        try (Stream<Path> files = Files.list(made)) {
            for (Path file : files.filter(one -> !one.endsWith("lock")).toList()) {
                Files.copy(
                        file,
                        place.resolve(file.getFileName()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.writeString(
                place.resolve("agent.properties"),
                "listen = %s\nunit = %s\nsocket = %s\n"
                        .formatted(address, unit, lab.systemSocket()));
        return new AgentFolder(place);
    }

    @Override
    public ConnectorFactory factory() {
        return new SambaConnectorFactory();
    }

    @Override
    public TestContext context() {
        // before Java 21 an HTTP client ends its thread once it was collected
        System.gc();
        return context;
    }

    @Override
    public List<Path> documentation() {
        return List.of(Path.of("../../docs/connectors/samba.md"));
    }

    @Override
    public void addUser(SourceAnchor user, String loginName) throws Exception {
        String login = loginName + suffix;
        logins.put(user, login);
        Message answer =
                new Handling(domain, folder.keys(), pairing)
                        .account(Message.of("anchor", user.value(), "login", login));
        if (!answer.text("outcome").equals("APPLIED")) {
            throw new AssertionError(answer.text("detail"));
        }
    }

    /** A number in place of a hash, until {@link #target} knows for whom. */
    @Override
    public Digest digest(int number) {
        return new Digest(SealingScheme.NAME, "" + number);
    }

    @Override
    public PasswordTarget target(Connector connector) {
        PasswordTarget target = connector.capability(PasswordTarget.class).orElseThrow();
        return new PasswordTarget() {
            @Override
            public Set<String> schemes() throws ConnectorException {
                return target.schemes();
            }

            @Override
            public List<ItemOutcome> apply(List<PasswordUpdate> batch) throws ConnectorException {
                try (Recipient recipient =
                        connector.capability(SealedRecipient.class).orElseThrow().recipient()) {
                    return target.apply(
                            batch.stream().map(update -> sealed(recipient, update)).toList());
                }
            }
        };
    }

    private static PasswordUpdate sealed(Recipient recipient, PasswordUpdate update) {
        return new PasswordUpdate(
                update.anchor(),
                update.version(),
                update.changedAt(),
                update.state(),
                update.digest()
                        .map(
                                digest ->
                                        digest.scheme().equals(SealingScheme.NAME)
                                                ? sealed(recipient, update, digest)
                                                : digest));
    }

    private static Digest sealed(Recipient recipient, PasswordUpdate update, Digest digest) {
        byte[] hash = new byte[NtHash.LENGTH];
        Arrays.fill(hash, Byte.parseByte(digest.encoded()));
        try (NtHash nt = NtHash.owning(hash)) {
            return new Digest(
                    SealingScheme.NAME,
                    SealedCredentials.seal(
                            recipient, update.anchor(), update.version(), update.state(), nt));
        }
    }

    private Optional<String> stored(SourceAnchor user, String attribute) throws Exception {
        Matcher value =
                Pattern.compile(attribute + "::? (\\S+)")
                        .matcher(
                                lab.tool(
                                        "user",
                                        "show",
                                        logins.get(user),
                                        "--attributes=" + attribute));
        return value.find() ? Optional.of(value.group(1)) : Optional.empty();
    }

    @Override
    public Optional<String> storedDigest(SourceAnchor user) throws Exception {
        return stored(user, "unicodePwd");
    }

    @Override
    public boolean maySignIn(SourceAnchor user, AccountState applied) throws Exception {
        return (Integer.parseInt(stored(user, "userAccountControl").orElseThrow()) & 2) == 0;
    }

    @Override
    public void close() throws Exception {
        server.close();
        domain.close();
        held.close();
        pairing.close();
        context.close();
    }
}
