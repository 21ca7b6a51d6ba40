/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.events;

import io.passbridge.event.Journal;
import io.passbridge.event.JournalException;
import io.passbridge.event.JournalFilter;
import io.passbridge.event.JournalRecord;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Misuse;
import io.passbridge.shell.kit.Usage;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code events:tail}: follows the journal. */
@Component(service = Command.class)
@GogoCommand(scope = "events", function = "tail")
public final class TailEvents extends Command {
    private static final long POLL_MILLIS = 500;
    private static final int PAGE = 1_000;

    private final Journal journal;

    @Activate
    public TailEvents(@Reference Journal journal) {
        super(
                Usage.of("events:tail", "show the latest events and follow the journal")
                        .details("Ends with Ctrl-C, or after the time that --for gives.")
                        .option("--last", "COUNT", "begin with so many; 10 if not given")
                        .option(
                                "--for",
                                "LENGTH",
                                "end after so long: 30s, 15m; 0s does not follow")
                        .json()
                        .example("events:tail --last 20")
                        .example("events:tail --for 10m --json"));
        this.journal = journal;
    }

    @Override
    protected void run(Invocation call) throws Misuse, JournalException {
        int last = (int) call.number("--last", 10, 0, 10_000);
        Optional<Duration> length = call.duration("--for");
        long start = System.nanoTime();
        List<JournalRecord> latest = latest(last);
        long sequence = latest.isEmpty() ? 0 : latest.get(latest.size() - 1).sequence();
        show(call, last == 0 ? List.of() : latest);
        try {
            while (length.isEmpty() || System.nanoTime() - start < length.get().toNanos()) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                List<JournalRecord> page = journal.after(sequence, PAGE);
                sequence = Math.max(sequence, show(call, page));
            }
        } catch (InterruptedException e) {
            call.remark("No longer following; events:list shows what is to come.");
        }
    }

    /** Oldest first; if none is wanted, still the newest one's place is needed. */
    private List<JournalRecord> latest(int count) throws JournalException {
        List<JournalRecord> records =
                new ArrayList<>(journal.list(JournalFilter.ALL, Math.max(1, count)));
        Collections.reverse(records);
        return records;
    }

    /** Prints records; returns the last one's sequence number. */
    private static long show(Invocation call, List<JournalRecord> records) {
        long last = 0;
        for (JournalRecord record : records) {
            call.print(record, line(record));
            last = record.sequence();
        }
        return last;
    }

    private static String line(JournalRecord record) {
        return record.time().truncatedTo(ChronoUnit.SECONDS)
                + "  "
                + record.number()
                + "  "
                + record.severity().name().toLowerCase(Locale.ROOT)
                + "  "
                + record.subject()
                + ": "
                + ListEvents.text(record);
    }
}
