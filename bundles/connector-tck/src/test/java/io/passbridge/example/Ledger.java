/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.example;

import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.Account;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.Digest;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A text file of users, replaced as a whole, so that a crash leaves the old or the new one. */
final class Ledger {
    private final Path file;

    Ledger(Path file) {
        this.file = file;
    }

    /** One user: what a target must remember to be idempotent by version. */
    record Line(
            String login,
            ChangeVersion version,
            int state,
            String digest,
            Map<String, Set<String>> attributes) {
        /** The user as the source has it now: what is not declared stays. */
        static Line of(Account account, Line before) {
            Map<String, Set<String>> attributes = new TreeMap<>();
            if (before != null) {
                attributes.putAll(before.attributes);
            }
            account.attributes().forEach((name, all) -> attributes.put(name, new TreeSet<>(all)));
            attributes.values().removeIf(Set::isEmpty);
            return before == null
                    ? new Line(account.loginName(), new ChangeVersion(0, 0), 0, "", attributes)
                    : new Line(
                            account.loginName(),
                            before.version,
                            before.state,
                            before.digest,
                            attributes);
        }

        Line with(PasswordUpdate update) {
            return new Line(
                    login,
                    update.version(),
                    update.state().toBits(),
                    update.digest().map(Digest::encoded).orElse(digest),
                    attributes);
        }

        private String text() {
            return attributes.entrySet().stream()
                    .flatMap(
                            attribute ->
                                    attribute.getValue().stream()
                                            .map(value -> attribute.getKey() + "=" + code(value)))
                    .collect(Collectors.joining("&"));
        }

        private static String code(String value) {
            return URLEncoder.encode(value, StandardCharsets.UTF_8);
        }

        private static Map<String, Set<String>> attributes(String text) {
            Map<String, Set<String>> attributes = new TreeMap<>();
            for (String part : text.isEmpty() ? new String[0] : text.split("&")) {
                String[] pair = part.split("=", 2);
                attributes
                        .computeIfAbsent(pair[0], name -> new TreeSet<>())
                        .add(URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
            }
            return attributes;
        }
    }

    Map<String, Line> read() throws IOException {
        Map<String, Line> lines = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (String text : Files.readAllLines(file)) {
                String[] parts = text.split("\t", 6);
                lines.put(
                        parts[0],
                        new Line(
                                parts[1],
                                ChangeVersion.parse(parts[2]),
                                Integer.parseInt(parts[3]),
                                parts[4],
                                Line.attributes(parts[5])));
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
                                                line.getValue().digest(),
                                                line.getValue().text()))
                        .toList();
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, texts);
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
