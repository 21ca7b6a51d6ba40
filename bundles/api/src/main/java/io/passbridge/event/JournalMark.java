/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.event;

import io.passbridge.files.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Up to which record a receiver has the journal, kept in a file: the journal itself is the queue
 * that survives the receiver's absence. The chain's hash stands beside the number, since another
 * journal has other records of the same number. Written by one thread; {@link #number} may be asked
 * by all.
 */
public final class JournalMark {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,17}) (\\S+)");

    private final Path file;

    /**
     * @param file need not exist, nor its folder
     */
    public JournalMark(Path file) {
        this.file = file;
    }

    /**
     * The last record that needs not be sent again.
     *
     * @return its sequence number; 0 to begin at the first one, as when the file is gone or
     *     damaged, or speaks of another journal
     * @throws IOException if the file is there and cannot be read
     */
    public long read(Journal journal) throws IOException, JournalException {
        Optional<Noted> noted = noted();
        if (noted.isEmpty()) {
            return 0;
        }
        long sequence = noted.get().sequence();
        List<JournalRecord> record = journal.after(sequence - 1, 1);
        boolean same =
                !record.isEmpty()
                        && record.get(0).sequence() == sequence
                        && record.get(0).hash().equals(noted.get().hash());
        return same ? sequence : 0;
    }

    /** The number that stands in the file; 0 if there is none, or it cannot be read. */
    public long number() {
        try {
            return noted().map(Noted::sequence).orElse(0L);
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * Notes that the receiver has everything up to a record.
     *
     * @throws IOException if that cannot be written; what was noted before stands
     */
    public void write(JournalRecord last) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        String text = String.format(Locale.ROOT, "%d %s%n", last.sequence(), last.hash());
        WholeFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private record Noted(long sequence, String hash) {}

    private Optional<Noted> noted() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Matcher words = FORM.matcher(Files.readString(file).strip());
        return words.matches()
                ? Optional.of(new Noted(Long.parseLong(words.group(1)), words.group(2)))
                : Optional.empty();
    }
}
