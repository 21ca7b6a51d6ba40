/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.events;

import io.passbridge.event.Journal;
import io.passbridge.event.JournalException;
import io.passbridge.event.JournalFilter;
import io.passbridge.event.JournalRecord;
import io.passbridge.files.WholeFile;
import io.passbridge.health.Finding;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Misuse;
import io.passbridge.shell.kit.Progress;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Usage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code events:export}: the journal as JSON lines, each with its hash in the chain. */
@Component(service = Command.class)
@GogoCommand(scope = "events", function = "export")
public final class ExportEvents extends Command {
    private static final int PAGE = 1_000;

    private final Journal journal;

    @Activate
    public ExportEvents(@Reference Journal journal) {
        super(
                Usage.of("events:export", "write the journal to a file, one JSON object a line")
                        .details(
                                "Oldest first, with the hash of the chain at each record:"
                                    + " docs/formats/journal.md checks such a file without the"
                                    + " platform. The file is new and only you may read it; what"
                                    + " happens meanwhile is left to the next one, which goes on"
                                    + " with --after.")
                        .option("--after", "NUMBER", "only what follows this record")
                        .option("--since", "WHEN", "not older: a moment, or 2h, 7d before now")
                        .argument("FILE", "a new file")
                        .json()
                        .example("events:export /var/backups/passbridge-journal.jsonl")
                        .example("events:export july.jsonl --after 10421"));
        this.journal = journal;
    }

    /**
     * What was written: {@code first} and {@code last} are sequence numbers, 0 if there is none.
     */
    record Exported(Path file, long records, long first, long last) {
        String text() {
            return records == 0
                    ? "No record is like that; " + file + " is empty."
                    : "%s, %,d to %,d: %s"
                            .formatted(
                                    Finding.count(records, "record", "records"), first, last, file);
        }
    }

    @Override
    protected void run(Invocation call) throws Misuse, Refused, JournalException {
        long after = call.number("--after", 0, 0, Long.MAX_VALUE);
        Optional<Instant> since = call.moment("--since");
        Path file = call.resolve(call.argument(0)).toAbsolutePath();
        if (Files.exists(file)) {
            throw new Refused(file + " exists already, and an export replaces no file");
        }
        if (!Files.isDirectory(file.getParent())) {
            throw new Refused(file.getParent() + " is not a folder; make it, or name another");
        }
        List<JournalRecord> newest = journal.list(JournalFilter.ALL, 1);
        long end = newest.isEmpty() ? 0 : newest.get(0).sequence();
        Exported exported = write(call, file, new Part(after, end, since));
        call.print(exported, exported.text());
    }

    /** Records behind {@code after} up to {@code end}, none older than {@code since}. */
    private record Part(long after, long end, Optional<Instant> since) {
        boolean holds(JournalRecord record) {
            return record.sequence() <= end
                    && since.filter(moment -> record.time().isBefore(moment)).isEmpty();
        }
    }

    private Exported write(Invocation call, Path file, Part part) throws Refused, JournalException {
        Exported[] exported = {new Exported(file, 0, 0, 0)};
        try (Progress progress = call.progress("journal")) {
            progress.total(Math.max(0, part.end() - part.after()));
            WholeFile.write(file, out -> exported[0] = pages(file, out, part, progress));
        } catch (IOException e) {
            if (e.getCause() instanceof JournalException unreadable) {
                throw unreadable;
            }
            throw new Refused(file + " cannot be written: " + e.getMessage());
        }
        return exported[0];
    }

    private Exported pages(Path file, OutputStream out, Part part, Progress progress)
            throws IOException {
        long records = 0;
        long first = 0;
        long last = 0;
        for (long at = part.after(); at < part.end(); ) {
            List<JournalRecord> page = page(at);
            if (page.isEmpty()) {
                break;
            }
            for (JournalRecord record : page) {
                if (part.holds(record)) {
                    out.write((Invocation.json(record) + "\n").getBytes(StandardCharsets.UTF_8));
                    records++;
                    first = first == 0 ? record.sequence() : first;
                    last = record.sequence();
                }
            }
            at = page.get(page.size() - 1).sequence();
            progress.done(Math.min(at, part.end()) - part.after());
        }
        return new Exported(file, records, first, last);
    }

    private List<JournalRecord> page(long after) throws IOException {
        try {
            return journal.after(after, PAGE);
        } catch (JournalException e) {
            throw new IOException(e);
        }
    }
}
