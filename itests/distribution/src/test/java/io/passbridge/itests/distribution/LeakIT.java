/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.digests.MD4Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Runs passwords, hashes and digests that nothing else looks like through the built distribution,
 * with every logger at its loudest, and then looks for them wherever the platform writes.
 */
class LeakIT {
    private static final String FIRST = "Canary-Kestrel-First-8317";
    private static final String SECOND = "Canary-Kestrel-Second-5521";
    private static final String BINARY = "Canary-Osprey-Binär-2290";
    private static final String WRONG = "Canary-Wrong-Typed-7714";
    private static final String SERVICE = "Canary-Service-Account-9902";
    private static final String TARGET_SECRET = "Canary-Connector-Account-6138";
    private static final String SALTED =
            "{SSHA512}Q2FuYXJ5U2FsdGVkVmFsdWVUaGF0Tm90aGluZ0Vsc2VMb29rc0xpa2VDYW5hcnlTYWx0ZWRWYWx1ZVRoYXROb3RoaW5nRWxzZUxvb2tzTGlrZTEyMzQ1Njc4";
    private static final String BROKEN_HASH = "C0FFEE00DEADBEEF0123456789ABCDEF77";

    private final List<String> outputs = new ArrayList<>();

    @Test
    void secrets_runThroughThePlatform_areNowhereToBeFound() throws Exception {
        try (Installation installation = Installation.fresh("leak")) {
            Path source = prepare(installation);
            installation.start();
            SignIn signIn = new SignIn(installation, "cloud");
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> signIn.attempt("kestrel", FIRST) == 200);
            assertThat(signIn.attempt("osprey", BINARY)).isEqualTo(200);
            signIn.attempt("kestrel", WRONG);

            Files.writeString(source, changeOf("kestrel", SECOND), StandardOpenOption.APPEND);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> signIn.attempt("kestrel", SECOND) == 200);
            administer(installation);
            String threads = threadDump(installation.pid());
            installation.stop();

            List<Canary> everywhere = secrets();
            List<Canary> digests = digestsOfTarget(installation);
            assertThat(digests).as("digests that the target keeps").hasSizeGreaterThanOrEqualTo(3);
            List<Canary> all = new ArrayList<>(everywhere);
            all.addAll(digests);

            Path target = installation.data().resolve("connectors/cloud");
            // where the platform is told to read it from, for its owner alone
            Path servicePassword = installation.home().resolve("etc/service-account.password");
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(servicePassword)))
                    .isEqualTo("rw-------");
            assertThat(installation.log()).as("the loudest level").contains(" TRACE ", " DEBUG ");
            Path handedOver = installation.home().resolve("handed");
            LeakSearch search =
                    new LeakSearch(all)
                            .folder(
                                    installation.home(),
                                    file ->
                                            !file.startsWith(target)
                                                    && !file.startsWith(handedOver)
                                                    && !file.equals(servicePassword)
                                                    && !file.equals(source))
                            .text("thread dump", threads);
            for (int i = 0; i < outputs.size(); i++) {
                search.text("output " + i, outputs.get(i));
            }
            assertThat(search.found()).isEmpty();
            assertThat(search.files()).isGreaterThan(50);
            // the target's own files hold digests, and nothing that they were made of
            assertThat(new LeakSearch(everywhere).folder(target, file -> true).found()).isEmpty();
        }
    }

    @Test
    @EnabledIf(
            value = "io.passbridge.itests.distribution.Typist#possible",
            disabledReason = "typing needs expect")
    void secretTypedAtAPrompt_isNeitherShownNorRemembered() throws Exception {
        try (Installation installation = Installation.fresh("typed")) {
            Path script = Path.of("../lab/typed-secret.exp").toAbsolutePath();
            Ran typed =
                    Installation.run(
                            new ProcessBuilder(
                                    "expect", script.toString(), installation.home().toString()),
                            SERVICE + "\n");
            assertThat(typed.status()).as(typed.text()).isZero();
            Path password = installation.home().resolve("etc/service-account.password");
            assertThat(password).as("where it is meant to be").content().contains(SERVICE);
            assertThat(installation.data().resolve("shell-history"))
                    .content()
                    .contains("keys:passwd", "keys:status");
            LeakSearch search =
                    new LeakSearch(List.of(Canary.text("typed secret", SERVICE)))
                            .folder(installation.home(), file -> !file.equals(password))
                            .text("the terminal", typed.text());
            assertThat(search.found()).isEmpty();
        }
    }

    private static Path prepare(Installation installation) throws Exception {
        Path logging = installation.home().resolve("etc/logback.xml");
        Files.writeString(
                logging,
                Files.readString(logging).replaceAll("level=\"(INFO|WARN)\"", "level=\"TRACE\""));
        Path source = installation.home().resolve("canaries.ldif");
        Files.writeString(
                source,
                user("kestrel", "sambaNTPassword: " + hex(FIRST))
                        + user("osprey", "unicodePwd:: " + base64(ntHash(BINARY)))
                        + user("salted", "userPassword:: " + base64(ascii(SALTED)))
                        + user("broken", "sambaNTPassword: " + BROKEN_HASH)
                        + user("nobase", "unicodePwd:: " + base64(ntHash(BINARY)) + "*"));
        installation.peopleToCloud(source, "passThrough = *");
        // its secret is given and sealed, though no controller answers
        installation.etc(
                "io.passbridge.connector.ad-corp.cfg",
                "domain = corp.example",
                "controllers = dc1.corp.example@127.0.0.1",
                "searchBases = DC=corp,DC=example");
        return source;
    }

    private static String user(String name, String credential) {
        return """
        dn: uid=%1$s,dc=example
        objectClass: inetOrgPerson
        uid: %1$s
        cn: %1$s
        entryUUID: canary-%1$s
        sambaPwdLastSet: 1790000000
        %2$s

        """
                .formatted(name, credential);
    }

    private static String changeOf(String name, String password) {
        return """
        dn: uid=%s,dc=example
        changetype: modify
        replace: sambaNTPassword
        sambaNTPassword: %s
        -

        """
                .formatted(name, hex(password));
    }

    /** What administrators do, with secrets of their own. */
    private void administer(Installation installation) throws Exception {
        Path handed = Files.createDirectories(installation.home().resolve("handed"));
        installation.secretFile("handed/service", SERVICE);
        installation.secretFile("handed/account", TARGET_SECRET);
        for (String command :
                List.of(
                        "keys:passwd --password-file " + handed.resolve("service"),
                        "account:set corp --name svc --unverified --secret-file "
                                + handed.resolve("account"),
                        "account:test corp",
                        "connector:test corp --json",
                        "account:set people --name svc --unverified --secret-file "
                                + handed.resolve("account"),
                        "account:list --json",
                        "keys:status --json",
                        "keys:list --json",
                        "connector:list --json",
                        "connector:show people --json",
                        "connector:test people --json",
                        "sync:run people_cloud --full",
                        "sync:status --json",
                        "sync:history --json",
                        "sync:explain kestrel --json",
                        "sync:explain salted",
                        "sync:explain broken",
                        "events:list --json",
                        "events:verify",
                        "doctor --json")) {
            Ran ran = installation.exec(command);
            outputs.add(command + "\n" + ran.text());
            if (command.startsWith("account:set corp")) {
                assertThat(ran.status()).as(ran.text()).isZero();
            }
        }
        outputs.add(installation.passbridge("status").text());
    }

    private static List<Canary> secrets() {
        List<Canary> canaries = new ArrayList<>();
        for (String password : List.of(FIRST, SECOND, BINARY)) {
            canaries.add(Canary.text("password of a user", password));
            canaries.add(Canary.bytes("NT hash of a user", ntHash(password)));
        }
        canaries.add(Canary.text("password typed wrong", WRONG));
        canaries.add(Canary.text("password of the service account", SERVICE));
        canaries.add(Canary.text("secret of a connector's account", TARGET_SECRET));
        canaries.add(Canary.text("malformed hash", BROKEN_HASH));
        return canaries;
    }

    /** What the target holds may be nowhere else. */
    private static List<Canary> digestsOfTarget(Installation installation) throws Exception {
        List<Canary> canaries = new ArrayList<>();
        Path database = installation.data().resolve("connectors/cloud/directory").toAbsolutePath();
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:h2:" + database + ";ACCESS_MODE_DATA=r", "directory", "");
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT digest FROM directory_user WHERE digest IS NOT NULL")) {
            while (rows.next()) {
                String digest = rows.getString(1);
                canaries.add(Canary.text("digest of a user", digest));
                if (digest.startsWith("v1;")) {
                    String hex = digest.split(",")[3].replace(";", "");
                    canaries.add(Canary.bytes("digest of a user", HexFormat.of().parseHex(hex)));
                }
            }
        }
        return canaries;
    }

    private static String threadDump(long pid) throws Exception {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Ran dump =
                Installation.run(
                        new ProcessBuilder(jcmd.toString(), Long.toString(pid), "Thread.print"),
                        "");
        assertThat(dump.out()).contains("java.lang.Thread");
        return dump.text();
    }

    private static byte[] ntHash(String password) {
        byte[] clear = password.getBytes(StandardCharsets.UTF_16LE);
        MD4Digest md4 = new MD4Digest();
        md4.update(clear, 0, clear.length);
        byte[] hash = new byte[16];
        md4.doFinal(hash, 0);
        return hash;
    }

    private static String hex(String password) {
        return HexFormat.of().withUpperCase().formatHex(ntHash(password));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
