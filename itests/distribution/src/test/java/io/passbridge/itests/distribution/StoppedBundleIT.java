/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Somebody stopped a bundle: what doctor says of it, and whether its advice works as it stands. */
class StoppedBundleIT {
    @Test
    void doctor_namesPartsByWords_andItsRemedyStartsTheBundleAgain() throws Exception {
        try (Installation installation = Installation.fresh("stopped")) {
            installation.start();
            installation.done("felix:stop " + number(installation, "Passbridge :: Key set"));
            Ran doctor = installation.exec("doctor");
            assertThat(doctor.status()).as(doctor.text()).isEqualTo(2);
            assertThat(doctor.out())
                    .contains("bundle io.passbridge.keys 0.1.0.SNAPSHOT", "is stopped")
                    .containsPattern(
                            "no bundle provides [^\n]*therefore not running: Scheduler, Shell")
                    .as("a key set that is not there is not a locked one")
                    .doesNotContain("unlock it")
                    .doesNotContainPattern("not running: [^\n]*io\\.passbridge");
            Matcher remedy = Pattern.compile("start it: (felix:start \\d+)").matcher(doctor.out());
            assertThat(remedy.find()).as(doctor.out()).isTrue();
            installation.done(remedy.group(1));
            await().untilAsserted(
                            () ->
                                    assertThat(installation.exec("doctor").out())
                                            .doesNotContain("not running"));
            assertThat(installation.done("keys:status")).contains("unlocked");
        }
    }

    private static String number(Installation installation, String name) throws Exception {
        Matcher line =
                Pattern.compile("(?m)^ *(\\d+)\\|[^\n]*" + Pattern.quote(name))
                        .matcher(installation.done("lb"));
        assertThat(line.find()).isTrue();
        return line.group(1);
    }
}
