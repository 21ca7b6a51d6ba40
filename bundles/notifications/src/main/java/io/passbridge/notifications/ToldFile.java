/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.notifications;

import io.passbridge.files.WholeFile;
import io.passbridge.health.Finding.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What has been told, kept over a restart: a line each, its parts between tabs. */
final class ToldFile {
    private static final String TAB = "\t";

    private final Path file;

    ToldFile(Path file) {
        this.file = file;
    }

    /** Nothing if there is no file; lines that are damaged are left out: they are told again. */
    Map<Problem, Instant> read() throws IOException {
        Map<Problem, Instant> told = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split(TAB, -1);
                try {
                    if (parts.length == 5) {
                        told.put(
                                new Problem(
                                        Severity.valueOf(parts[1]), parts[2], parts[3], parts[4]),
                                Instant.parse(parts[0]));
                    }
                } catch (IllegalArgumentException | DateTimeException damaged) {
                    continue;
                }
            }
        }
        return told;
    }

    void write(Map<Problem, Instant> told) throws IOException {
        StringBuilder lines = new StringBuilder();
        told.forEach(
                (problem, at) ->
                        lines.append(
                                String.join(
                                        TAB,
                                        at.toString(),
                                        problem.severity().name(),
                                        problem.subject(),
                                        problem.text(),
                                        problem.remedy() + "\n")));
        Files.createDirectories(file.toAbsolutePath().getParent());
        WholeFile.write(file, out -> out.write(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
