/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import io.passbridge.connector.AccountSource;
import io.passbridge.connector.ChangePage;
import io.passbridge.connector.ChangeSignal;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.Watermark;
import io.passbridge.connector.tck.TestConfiguration;
import io.passbridge.connector.tck.TestContext;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.NtHash;
import io.passbridge.credential.SourceCredential;
import io.passbridge.credential.UserPassword;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An open connector over a file that a test writes. */
final class LdifFixture implements AutoCloseable {
    final Path file;
    final TestContext context;
    Connector connector;
    Watermark watermark = Watermark.BEGINNING;

    LdifFixture(Path folder, String... settings) {
        file = folder.resolve("people.ldif");
        Map<String, String> values = new HashMap<>();
        values.put("path", file.toString());
        values.put("settleMillis", "0");
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        LdifConnectorFactory factory = new LdifConnectorFactory();
        context =
                new TestContext(
                        new TestConfiguration("test", factory.descriptor(), folder, values),
                        folder.resolve("data"));
        connector = factory.open(context);
    }

    /** What a user looks like to a test: state, version and credential in words. */
    record Seen(String anchor, String credential, AccountState state, long version) {
        static Seen of(CredentialChange change) {
            return new Seen(
                    change.anchor().value(),
                    change.credential().map(Seen::words).orElse("none"),
                    change.state(),
                    change.version().time());
        }

        private static String words(SourceCredential credential) {
            if (credential instanceof NtHash hash) {
                return "NT " + hash.secret().use(bytes -> HexFormat.of().formatHex(bytes));
            }
            UserPassword password = (UserPassword) credential;
            return password.value().use(bytes -> new String(bytes, StandardCharsets.UTF_8));
        }
    }

    void write(String text) throws IOException {
        Files.writeString(file, text);
    }

    void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    /** Closes the connector and opens another one over the same data folder. */
    void restart() {
        connector.close();
        connector = new LdifConnectorFactory().open(context);
    }

    PasswordSource source() {
        return connector.capability(PasswordSource.class).orElseThrow();
    }

    AccountSource accounts() {
        return connector.capability(AccountSource.class).orElseThrow();
    }

    ChangeSignal signal() {
        return connector.capability(ChangeSignal.class).orElseThrow();
    }

    /** Everything after the watermark, which moves on. */
    List<Seen> changes() throws ConnectorException {
        return changes(1_000);
    }

    List<Seen> changes(int limit) throws ConnectorException {
        List<Seen> seen = new ArrayList<>();
        boolean more = true;
        while (more) {
            try (ChangePage page = source().changes(watermark, limit)) {
                page.changes().forEach(change -> seen.add(Seen.of(change)));
                watermark = page.next();
                more = page.more();
            }
        }
        return seen;
    }

    Map<String, Seen> byAnchor() throws ConnectorException {
        Map<String, Seen> map = new TreeMap<>();
        changes().forEach(seen -> map.put(seen.anchor(), seen));
        return map;
    }

    @Override
    public void close() {
        connector.close();
        context.close();
    }

    static String user(String name, String... lines) {
        return "dn: uid="
                + name
                + ",ou=people,dc=example,dc=org\nobjectClass: inetOrgPerson\nuid: "
                + name
                + "\nentryUUID: uuid-"
                + name
                + "\n"
                + String.join("\n", lines)
                + "\n\n";
    }
}
