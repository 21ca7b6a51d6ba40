/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The platform as a service that notifies systemd, of which the receiving end is made up. */
@EnabledIf(
        value = "io.passbridge.itests.distribution.NotifyReceiver#possible",
        disabledReason = "NOT TESTED: needs Linux and python3")
class SystemdIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir Path folder;

    @Test
    void readiness_condition_signsOfLifeAndTheEnd_areTold() throws Exception {
        try (NotifyReceiver systemd = NotifyReceiver.start(folder);
                Installation installation = Installation.fresh("systemd")) {
            await().atMost(PATIENCE).until(systemd::isListening);
            installation
                    .with("NOTIFY_SOCKET", systemd.socket().toString())
                    .with("WATCHDOG_USEC", "2000000");
            installation.start();
            await().atMost(PATIENCE).until(() -> systemd.count("READY=1") > 0);
            assertThat(systemd.notices())
                    .first()
                    .asString()
                    .startsWith("READY=1 WATCHDOG=1 STATUS=ready");
            await().atMost(PATIENCE).until(() -> systemd.count("WATCHDOG=1") > 3);

            installation.done("keys:lock --yes");
            await().atMost(PATIENCE).until(() -> systemd.count("the key set is locked") > 0);
            long signs = systemd.count("WATCHDOG=1");
            await().atMost(PATIENCE).until(() -> systemd.count("WATCHDOG=1") > signs);

            installation.stop();
            await().atMost(PATIENCE).until(() -> systemd.count("STOPPING=1") > 0);
            assertThat(systemd.count("READY=1")).isEqualTo(1);
            assertThat(systemd.notices()).contains("STOPPING=1 STATUS=stopping");
        }
    }
}
