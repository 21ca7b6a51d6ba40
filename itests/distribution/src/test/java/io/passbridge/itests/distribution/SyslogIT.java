/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.passbridge.itests.lab.RsyslogLab;
import java.io.IOException;
import java.time.Duration;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The journal at a real rsyslog, over TLS. */
@Tag("live")
@EnabledIf(
        value = "io.passbridge.itests.lab.RsyslogLab#possible",
        disabledReason = "needs Debian's rsyslog, rsyslog-gnutls and openssl")
class SyslogIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern SEQUENCE = Pattern.compile("sequence=\"(\\d+)\"");

    @Test
    void receiver_hasEveryRecord_thoughItWasAwayAndItsAuthorityUnknown() throws Exception {
        try (RsyslogLab receiver = RsyslogLab.start();
                Installation installation = Installation.fresh("syslog")) {
            configure(installation, receiver, "");
            installation.start();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(installation.exec("doctor").out())
                                            .contains("localhost:" + receiver.port(), "caFile"));
            assertThat(receiver.received()).as("from somebody it does not believe").isEmpty();

            configure(installation, receiver, "caFile = " + receiver.authority());
            installation.done("config:wait");
            awaitAll(installation, receiver);
            assertThat(receiver.received())
                    .anyMatch(
                            line ->
                                    line.startsWith("<110>1 ")
                                            && line.contains("[passbridge@32473 sequence=\"1\""))
                    .anyMatch(line -> line.startsWith("<108>1 ") && line.contains(" 9072 "));
            assertThat(installation.exec("doctor").out()).doesNotContain("syslog");

            receiver.kill();
            installation.done("keys:add");
            await().atMost(PATIENCE)
                    .until(() -> installation.exec("doctor").out().contains("syslog"));
            installation.stop();
            receiver.startAgain();
            installation.start();
            installation.done("keys:add");
            awaitAll(installation, receiver);
            assertThat(installation.exec("config:check etc/io.passbridge.syslog.cfg").status())
                    .isZero();
        }
    }

    private static void configure(Installation installation, RsyslogLab receiver, String more)
            throws IOException {
        installation.etc(
                "io.passbridge.syslog.cfg", "host = localhost", "port = " + receiver.port(), more);
    }

    /** Each record at least once: what was under way when a connection broke comes again. */
    private static void awaitAll(Installation installation, RsyslogLab receiver) throws Exception {
        Matcher newest =
                Pattern.compile("\"sequence\":(\\d+)")
                        .matcher(installation.done("events:list --limit 1 --json"));
        assertThat(newest.find()).isTrue();
        long last = Long.parseLong(newest.group(1));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> {
                            TreeSet<Long> received = new TreeSet<>();
                            for (String line : receiver.received()) {
                                Matcher sequence = SEQUENCE.matcher(line);
                                if (sequence.find()) {
                                    received.add(Long.valueOf(sequence.group(1)));
                                }
                            }
                            assertThat(received)
                                    .containsAll(LongStream.rangeClosed(1, last).boxed().toList());
                        });
    }
}
