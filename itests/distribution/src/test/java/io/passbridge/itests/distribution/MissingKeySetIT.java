/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A folder of keys that was not mounted, over a store that holds values of its key set. */
class MissingKeySetIT {
    private static final String ACCOUNT = "account:set corp --name svc --unverified --secret-file ";

    @Test
    void keysThatAreNotThere_lockThePlatformUntilTheyAreBackOrGivenUp() throws Exception {
        try (Installation installation = Installation.fresh("nokeys")) {
            installation
                    .etc(
                            "io.passbridge.connector.ad-corp.cfg",
                            "domain = corp.invalid",
                            "controllers = 127.0.0.1")
                    .start();
            Path secret = installation.secretFile("secret", "a secret of corp");
            assertThat(installation.exec(ACCOUNT + secret).text()).contains("is stored");
            String keySet = Servers.keySet(installation);
            installation.stop();
            Path keys = installation.data().resolve("keys");
            Path elsewhere = installation.home().resolve("elsewhere");
            Files.move(keys, elsewhere);

            Ran started = installation.passbridge("start");
            assertThat(started.status()).isZero();
            assertThat(started.err()).contains("locked", keySet, "keys:activate");
            Ran status = installation.passbridge("status");
            assertThat(status.status()).isEqualTo(5);
            assertThat(status.out()).contains("locked", keySet, "keys:activate");
            assertThat(installation.passbridge("status", "--json").out())
                    .contains("\"state\":\"locked\"");
            assertThat(installation.exec("doctor --json").out())
                    .contains("keys:activate", keySet)
                    .doesNotContain("account:set");
            assertThat(installation.exec(ACCOUNT + secret).status()).isEqualTo(2);
            assertThat(installation.exec("keys:unlock").status()).isEqualTo(2);
            assertThat(keys.resolve("keyset.pbks")).doesNotExist();
            assertThat(installation.done("events:list --event 9010 --json").lines())
                    .as("no second key set")
                    .filteredOn(line -> line.contains("9010"))
                    .hasSize(1);

            if (Files.notExists(keys)) {
                Files.createDirectory(
                        keys,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            }
            Files.copy(elsewhere.resolve("keyset.pbks"), keys.resolve("keyset.pbks"));
            installation.done("keys:unlock");
            assertThat(installation.passbridge("status").status()).isZero();
            assertThat(installation.done("account:list")).containsPattern("corp +ad +svc +set");
            installation.stop();

            Files.move(keys, installation.home().resolve("further"));
            installation.start();
            assertThat(installation.passbridge("status").status()).isEqualTo(5);
            installation.done("keys:abandon --yes --key-set unreadable");
            assertThat(installation.passbridge("status").status()).isZero();
            assertThat(installation.done("account:list")).containsPattern("corp +ad +svc +lost");
            assertThat(installation.exec(ACCOUNT + secret).text()).contains("is stored");
        }
    }

    @Test
    void anotherAccount_isToldThatItMayNotLook() throws Exception {
        assumeTrue(
                System.getProperty("user.name").equals("root")
                        && Files.isExecutable(Path.of("/usr/sbin/runuser")),
                "only root can become somebody else");
        try (Installation installation = Installation.fresh("foreigner")) {
            installation.start();
            for (Path folder = installation.home();
                    folder != null && !folder.equals(folder.getRoot());
                    folder = folder.getParent()) {
                assumeTrue(
                        Files.getPosixFilePermissions(folder)
                                        .containsAll(PosixFilePermissions.fromString("-----x--x"))
                                || folder.equals(installation.home()),
                        "others may not come as far as " + folder);
            }
            Files.setPosixFilePermissions(
                    installation.home(), PosixFilePermissions.fromString("rwxr-xr-x"));
            Ran ran =
                    Installation.run(
                            installation.process(
                                    List.of(
                                            "/usr/sbin/runuser",
                                            "-u",
                                            "nobody",
                                            "--",
                                            installation.home() + "/bin/passbridge",
                                            "status")),
                            "");
            assertThat(ran.status()).as(ran.text()).isEqualTo(2);
            assertThat(ran.err())
                    .contains("belongs to root", "account nobody may not look")
                    .doesNotContain("no platform runs");
            Ran other =
                    Installation.run(
                            installation.process(
                                    List.of(
                                            "/usr/sbin/runuser",
                                            "-u",
                                            "nobody",
                                            "--",
                                            installation.home() + "/bin/passbridge",
                                            "sync",
                                            "status")),
                            "");
            assertThat(other.err()).contains("belongs to root", "account nobody may not look");
        }
    }
}
