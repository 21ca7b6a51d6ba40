/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is said, and what is kept for later, while the store cannot be opened. */
class ClosedStoreIT {
    private static final String STORE = "io.passbridge.store.cfg";

    /** A platform whose database does not answer. */
    private static Installation withoutStore() throws Exception {
        Installation installation = Installation.fresh("closed");
        return installation.etc(
                STORE,
                "url = jdbc:postgresql://127.0.0.1:1/passbridge",
                "user = passbridge",
                "passwordFile = " + installation.secretFile("database-password", "of nobody"),
                "retrySeconds = 1");
    }

    @Test
    void firstKeySet_isMadeAndJournalledOnceWhenThereIsAStore() throws Exception {
        try (Installation installation = withoutStore()) {
            Ran status = installation.passbridge("keys", "status");
            assertThat(status.status()).as(status.text()).isZero();
            assertThat(status.out()).contains("doctor says why the store is not running");
            assertThat(installation.data().resolve("keys/keyset.pbks")).doesNotExist();
            assertThat(installation.log()).as("the log").doesNotContain("\n\tat ");
            Files.delete(installation.home().resolve("etc").resolve(STORE));
            String keySet = Servers.keySet(installation);

            for (int start = 0; start < 2; start++) {
                installation.start();
                List<String> made =
                        installation
                                .done("events:list --json")
                                .lines()
                                .filter(event -> event.contains("\"event\":9010"))
                                .toList();
                assertThat(made).singleElement().asString().contains(keySet);
                installation.stop();
            }
        }
    }

    @Test
    void doctor_reportsTheStoreItselfAndNothingInsideIt() throws Exception {
        try (Installation installation = withoutStore()) {
            installation.start();
            Ran doctor = installation.exec("doctor");
            assertThat(doctor.status()).as(doctor.text()).isEqualTo(2);
            assertThat(doctor.out().lines().filter(line -> line.startsWith("error")))
                    .as(doctor.out())
                    .singleElement()
                    .asString()
                    .matches("error +store +the database .*cannot be opened.*");
            assertThat(doctor.out()).doesNotContain("io.passbridge.store", "no bundle provides");
            Ran refused = installation.exec("keys:add");
            assertThat(refused.status()).isEqualTo(2);
            assertThat(refused.err()).contains("doctor says why the store is not running");

            Files.delete(installation.home().resolve("etc").resolve(STORE));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () ->
                                    assertThat(installation.exec("keys:add").status())
                                            .as("the store came without a restart")
                                            .isZero());
        }
    }

    @Test
    void wordsThatNameNothing_areAnsweredWithWhatToDo() throws Exception {
        try (Installation installation = Installation.fresh("nothing")) {
            installation.start();
            Ran nobody = installation.exec("connector:show nobody");
            assertThat(nobody.status()).isEqualTo(2);
            assertThat(nobody.err())
                    .contains("there is no connector instance nobody, and none at all")
                    .contains("etc/");
            Ran nothing = installation.exec("keys:lst");
            assertThat(nothing.status()).isEqualTo(1);
            assertThat(nothing.err().strip())
                    .isEqualTo(
                            "there is no command 'keys:lst'; help lists the commands, doctor tells"
                                    + " why one may be missing");
        }
    }
}
