/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.monitoring.health;

import io.passbridge.health.Finding;
import io.passbridge.health.Finding.Severity;
import io.passbridge.monitoring.Examination.Report;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The answer to a probe. It says what is amiss, not why: the port has no sign-in, and texts may
 * name people, files and servers. {@code doctor} tells the rest to the service account.
 *
 * @param good whether the probe is to be content
 * @param json the answer's body
 */
public record HealthPage(boolean good, String json) {
    /** Whether the platform lives; if not, only a new start helps. */
    static HealthPage live(Map<String, String> stalled) {
        String parts =
                stalled.keySet().stream().map(HealthPage::quote).collect(Collectors.joining(","));
        return new HealthPage(
                stalled.isEmpty(),
                "{\"status\":\"%s\",\"stalled\":[%s]}\n"
                        .formatted(stalled.isEmpty() ? "ok" : "stalled", parts));
    }

    /** Whether everything works that is to work without anybody's help. */
    static HealthPage ready(Optional<Report> report) {
        if (report.isEmpty()) {
            return new HealthPage(
                    false, "{\"status\":\"unknown\",\"reason\":\"still being examined\"}\n");
        }
        long errors = report.get().count(Severity.ERROR);
        long warnings = report.get().count(Severity.WARNING);
        String findings =
                report.get().observations().stream()
                        .filter(o -> o.finding().severity().compareTo(Severity.NOTE) > 0)
                        .map(o -> finding(o.part(), o.finding()))
                        .distinct()
                        .collect(Collectors.joining(","));
        return new HealthPage(
                errors == 0,
                "{\"status\":\"%s\",\"at\":\"%s\",\"errors\":%d,\"warnings\":%d,\"findings\":[%s]}\n"
                        .formatted(
                                errors > 0 ? "error" : warnings > 0 ? "warning" : "ok",
                                report.get().at(),
                                errors,
                                warnings,
                                findings));
    }

    private static String finding(String part, Finding finding) {
        return "{\"severity\":%s,\"part\":%s,\"subject\":%s}"
                .formatted(
                        quote(finding.severity().name().toLowerCase(Locale.ROOT)),
                        quote(part),
                        quote(finding.subject()));
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints()
                .forEach(
                        c -> {
                            if (c < ' ' || c == '"' || c == '\\' || c > '~') {
                                for (char unit : Character.toChars(c)) {
                                    quoted.append("\\u%04x".formatted((int) unit));
                                }
                            } else {
                                quoted.append((char) c);
                            }
                        });
        return quoted.append('"').toString();
    }
}
