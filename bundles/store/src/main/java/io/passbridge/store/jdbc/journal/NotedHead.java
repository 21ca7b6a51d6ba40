/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.journal;

import io.passbridge.files.WholeFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;

/**
 * The end of a journal as it was noted in a file.
 *
 * @param store the database's name: a journal somewhere else is another one
 * @param at when it was noted
 */
record NotedHead(String store, JournalHead head, Instant at) {
    static Optional<NotedHead> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties noted = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            noted.load(reader);
            return Optional.of(
                    new NotedHead(
                            noted.getProperty("store", ""),
                            new JournalHead(
                                    Long.parseLong(noted.getProperty("sequence", "")),
                                    HexFormat.of().parseHex(noted.getProperty("hash", ""))),
                            Instant.parse(noted.getProperty("noted", ""))));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    void write(Path file) throws IOException {
        Properties noted = new Properties();
        noted.setProperty("store", store);
        noted.setProperty("sequence", Long.toString(head.latest()));
        noted.setProperty("hash", HexFormat.of().formatHex(head.hash()));
        noted.setProperty("noted", at.toString());
        StringWriter text = new StringWriter();
        noted.store(text, "The end of the event journal, see docs/formats/journal.md");
        Files.createDirectories(file.toAbsolutePath().getParent());
        WholeFile.write(file, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
