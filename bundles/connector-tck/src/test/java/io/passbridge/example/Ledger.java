/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.example;

import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A text file of users, replaced as a whole, so that a crash leaves the old or the new one. */
final class Ledger {
    private final Path file;

    Ledger(Path file) {
        this.file = file;
    }

    /** One user: what a target must remember to be idempotent by version. */
    record Line(String login, ChangeVersion version, int state, String digest) {
        static Line named(String login, Line before) {
            return before == null
                    ? new Line(login, new ChangeVersion(0, 0), 0, "")
                    : new Line(login, before.version, before.state, before.digest);
        }

        Line with(PasswordUpdate update) {
            return new Line(
                    login,
                    update.version(),
                    update.state().toBits(),
                    update.digest().map(Digest::encoded).orElse(digest));
        }
    }

    Map<String, Line> read() throws IOException {
        Map<String, Line> lines = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (String text : Files.readAllLines(file)) {
                String[] parts = text.split("\t", 5);
                lines.put(
                        parts[0],
                        new Line(
                                parts[1],
                                ChangeVersion.parse(parts[2]),
                                Integer.parseInt(parts[3]),
                                parts[4]));
            }
        }
        return lines;
    }

    void write(Map<String, Line> lines) throws IOException {
        List<String> texts =
                lines.entrySet().stream()
                        .map(
                                line ->
                                        String.join(
                                                "\t",
                                                line.getKey(),
                                                line.getValue().login(),
                                                line.getValue().version().toString(),
                                                Integer.toString(line.getValue().state()),
                                                line.getValue().digest()))
                        .toList();
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, texts);
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
