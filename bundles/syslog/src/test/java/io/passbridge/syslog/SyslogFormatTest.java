/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.event.EventType.Severity;
import io.passbridge.event.JournalRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SyslogFormatTest {
    private final SyslogFormat format = new SyslogFormat(13, "bridge one", 42);

    private static JournalRecord record(
            Severity severity, String subject, Map<String, String> facts) {
        return new JournalRecord(
                7,
                Instant.parse("2026-11-30T10:00:00.123Z"),
                9013,
                severity,
                "anna",
                subject,
                "A key was added.",
                facts,
                "ab".repeat(32));
    }

    private String frame(JournalRecord record) {
        return new String(format.frame(record), StandardCharsets.UTF_8);
    }

    @Test
    void record_becomesAMessageBehindItsLength() {
        String message =
                "<110>1 2026-11-30T10:00:00.123Z bridge-one passbridge 42 9013"
                        + " [passbridge@32473 sequence=\"7\" actor=\"anna\" subject=\"key 3\""
                        + " hash=\""
                        + "ab".repeat(32)
                        + "\"][facts@32473 state=\"on\"] \uFEFFkey 3: A key was added.";
        assertThat(frame(record(Severity.INFORMATION, "key 3", Map.of("state", "on"))))
                .isEqualTo(message.getBytes(StandardCharsets.UTF_8).length + " " + message);
    }

    @Test
    void severities_areSyslogs() {
        assertThat(frame(record(Severity.ERROR, "x", Map.of()))).contains(" <107>1 ");
        assertThat(frame(record(Severity.WARNING, "x", Map.of()))).contains(" <108>1 ");
    }

    @Test
    void whatEndsAValueOrALine_isEscaped() {
        assertThat(frame(record(Severity.ERROR, "a\"b]c\\d\nü", Map.of("p=q r", "1\r\n<1>"))))
                .contains("subject=\"a\\\"b\\]c\\\\d ü\"", "p-q-r=\"1  <1>\"")
                .doesNotContain("\n", "\r");
    }

    @Test
    void longRecord_fitsWhatReceiversTake() {
        Map<String, String> facts = new TreeMap<>();
        for (int i = 0; i < 200; i++) {
            facts.put("fact" + i, "ü\uD83D\uDE00".repeat(700));
        }
        byte[] frame = format.frame(record(Severity.ERROR, "\u4e00".repeat(500), facts));
        assertThat(frame.length).isLessThanOrEqualTo(8_192);
        assertThat(new String(frame, StandardCharsets.UTF_8))
                .contains("more=\"events:list")
                .doesNotContain("\uFFFD");
    }

    @Test
    void facilityThatThereIsNot_isRefused() {
        assertThatThrownBy(() -> new SyslogFormat(24, "x", 1)).hasMessageContaining("24");
    }
}
