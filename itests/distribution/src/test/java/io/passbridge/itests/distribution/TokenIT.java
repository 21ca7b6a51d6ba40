/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A key set under a key of a PKCS #11 token, and what happens without the token. */
@Tag("live")
@EnabledIf(value = "possible", disabledReason = "SoftHSM 2 (softhsm2-util) is not installed")
class TokenIT {
    private static final Path LIBRARY =
            Path.of(System.getProperty("softhsm.library", "/usr/lib/softhsm/libsofthsm2.so"));
    private static final Path TOOL = Path.of("/usr/bin/softhsm2-util");
    private static final String PIN = "4711-user";
    private static final int USERS = 5;

    @TempDir private Path folder;

    static boolean possible() {
        return Files.isReadable(LIBRARY) && Files.isExecutable(TOOL);
    }

    private Path tokens() {
        return folder.resolve("tokens");
    }

    private Installation withToken() throws Exception {
        Files.createDirectory(tokens());
        Path configuration =
                Files.writeString(
                        folder.resolve("softhsm2.conf"),
                        "directories.tokendir = "
                                + tokens()
                                + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        new People(folder.resolve("people.ldif"), USERS);
        Installation server =
                Installation.fresh("token")
                        .with("SOFTHSM2_CONF", configuration.toString())
                        .etc(
                                "io.passbridge.keystore.pkcs11.cfg",
                                "library = " + LIBRARY,
                                "tokenLabel = passbridge",
                                "pollSeconds = 1")
                        .peopleToCloud(folder.resolve("people.ldif"));
        Ran made =
                Installation.run(
                        server.process(
                                List.of(
                                        TOOL.toString(),
                                        "--init-token",
                                        "--free",
                                        "--label",
                                        "passbridge",
                                        "--so-pin",
                                        "officer-0815",
                                        "--pin",
                                        PIN)),
                        "");
        assertThat(made.status()).as(made.text()).isZero();
        Files.move(server.secretFile("pkcs11.pin", PIN), server.home().resolve("etc/pkcs11.pin"));
        return server;
    }

    private static void awaitUnlocked(Installation server) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(
                        () ->
                                assertThat(server.done("keys:status --json"))
                                        .contains("\"unlocked\":true"));
    }

    @Test
    void tokenThatAppearsAfterTheStart_unlocksWithoutARestart() throws Exception {
        try (Installation server = withToken()) {
            server.start();
            awaitUnlocked(server);
            server.done("keys:protect pkcs11");
            String keySet = Servers.keySet(server);
            server.stop();
            // the password that protected it before is no way in any more
            Files.delete(server.home().resolve("etc/service-account.password"));
            Path away = Files.move(tokens(), folder.resolve("tokens-in-a-safe"));
            Files.createDirectory(tokens());

            server.start();
            long process = server.pid();
            assertThat(server.passbridge("status").out()).contains("locked");
            assertThat(server.done("keys:status --json"))
                    .contains("\"unlocked\":false", "\"problem\":\"protector-missing\"", keySet);
            assertThat(server.exec("doctor").out()).contains("'passbridge'");
            assertThat(server.exec("sync:run").status()).as("no cycle while locked").isNotZero();
            assertThat(Files.exists(server.home().resolve("etc/service-account.password")))
                    .as("no new password is invented")
                    .isFalse();

            Files.delete(tokens());
            Files.move(away, tokens());
            awaitUnlocked(server);
            assertThat(server.pid()).as("without a restart").isEqualTo(process);
            assertThat(Servers.keySet(server)).isEqualTo(keySet);
            Servers.awaitInStep(server, "cloud", USERS);
            assertThat(server.done("events:list --json")).contains("\"event\":6028");
        }
    }

    @Test
    void tokenAbsent_exportBringsThePlatformBack() throws Exception {
        try (Installation server = withToken()) {
            server.start();
            awaitUnlocked(server);
            server.done("keys:protect pkcs11");
            Path password = server.secretFile("export-password", "of the export 1");
            Path export = folder.resolve("keys.pbks");
            server.done("keys:export " + export + " --password-file " + password);
            String keySet = Servers.keySet(server);
            server.stop();
            Files.move(tokens(), folder.resolve("tokens-lost"));
            Files.createDirectory(tokens());
            Files.delete(server.home().resolve("etc/io.passbridge.keystore.pkcs11.cfg"));

            Ran activated =
                    server.passbridge(
                            "keys",
                            "activate",
                            export.toString(),
                            "--password-file",
                            password.toString());
            assertThat(activated.status()).as(activated.text()).isZero();
            server.start();
            awaitUnlocked(server);
            assertThat(Servers.keySet(server)).isEqualTo(keySet);
            assertThat(server.done("keys:status --json")).contains("\"protector\":\"passphrase\"");
        }
    }
}
