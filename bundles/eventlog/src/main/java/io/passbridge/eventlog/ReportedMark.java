/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.eventlog;

import io.passbridge.event.Journal;
import io.passbridge.event.JournalException;
import io.passbridge.event.JournalRecord;
import io.passbridge.files.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Up to which record the event log has the journal, kept in a file, with the chain's hash beside
 * it, since another journal has other records of the same number. Written by one thread; the number
 * may be read by others.
 */
final class ReportedMark {
    private final Path file;

    ReportedMark(Path file) {
        this.file = file;
    }

    /** The last record that is in the log; 0 to begin at the first one. */
    long read(Journal journal) throws IOException, JournalException {
        long sequence = number();
        if (sequence == 0) {
            return 0;
        }
        String hash = Files.readString(file).strip().split(" ")[1];
        List<JournalRecord> record = journal.after(sequence - 1, 1);
        boolean same =
                !record.isEmpty()
                        && record.get(0).sequence() == sequence
                        && record.get(0).hash().equals(hash);
        return same ? sequence : 0;
    }

    /** The number that stands in the file; 0 if there is none, or it cannot be read. */
    long number() {
        try {
            String text = Files.exists(file) ? Files.readString(file).strip() : "";
            return text.matches("[1-9][0-9]{0,17} \\S+")
                    ? Long.parseLong(text.substring(0, text.indexOf(' ')))
                    : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    void write(JournalRecord last) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        String text = String.format(Locale.ROOT, "%d %s%n", last.sequence(), last.hash());
        WholeFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
