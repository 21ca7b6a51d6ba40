/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.events;

import io.passbridge.event.EventType;
import io.passbridge.event.EventType.Severity;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalException;
import io.passbridge.event.JournalFilter;
import io.passbridge.event.JournalRecord;
import io.passbridge.health.Finding;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Misuse;
import io.passbridge.shell.kit.Table;
import io.passbridge.shell.kit.Usage;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code events:list}: the latest events. */
@Component(service = Command.class)
@GogoCommand(scope = "events", function = "list")
public final class ListEvents extends Command {
    static final Table<JournalRecord> TABLE =
            Table.of(JournalRecord.class, "No event is like that; events:list shows the latest.")
                    .column("NO", record -> Long.toString(record.sequence()))
                    .column("TIME", JournalRecord::time)
                    .column("EVENT", record -> Integer.toString(record.number()))
                    .column("SEVERITY", JournalRecord::severity)
                    .minor("ACTOR", JournalRecord::actor)
                    .column("SUBJECT", JournalRecord::subject)
                    .column("WHAT HAPPENED", ListEvents::text);

    private static final int NO_EVENT = -1;

    private final Journal journal;

    @Activate
    public ListEvents(@Reference Journal journal) {
        super(
                Usage.of("events:list", "list the latest events, newest first")
                        .details("docs/events.md explains every event and what to do about it.")
                        .option("--event", "NUMBERS", "only these events, with commas between them")
                        .option("--subject", "TEXT", "only where the subject contains this")
                        .option("--since", "WHEN", "not older: a moment, or 2h, 7d before now")
                        .option(
                                "--severity",
                                "LEAST",
                                "only of this severity or worse",
                                () -> List.of("information", "warning", "error"))
                        .option("--limit", "COUNT", "at most so many; 50 if not given")
                        .lists()
                        .example("events:list --severity warning --since 7d")
                        .example("events:list --since 24h --event 611,652,6028")
                        .example("events:list --subject corp --limit 5 --json"));
        this.journal = journal;
    }

    @Override
    protected void run(Invocation call) throws Misuse, JournalException {
        JournalFilter filter =
                new JournalFilter(
                        numbers(call), call.option("--subject").orElse(""), call.moment("--since"));
        int limit = (int) call.number("--limit", 50, 1, 10_000);
        List<JournalRecord> records = journal.list(filter, limit);
        call.print(records, TABLE);
        if (records.size() < limit) {
            journal.pruned()
                    .ifPresent(
                            pruned ->
                                    call.remark(
                                            "The journal begins after %s; %s went at %s."
                                                    .formatted(
                                                            pruned.newest()
                                                                    .truncatedTo(
                                                                            ChronoUnit.SECONDS),
                                                            Finding.count(
                                                                    pruned.records(),
                                                                    "record",
                                                                    "records"),
                                                            pruned.at()
                                                                    .truncatedTo(
                                                                            ChronoUnit.SECONDS))));
        }
    }

    private static Set<Integer> numbers(Invocation call) throws Misuse {
        Set<Integer> numbers = given(call);
        Optional<Severity> least = call.choice("--severity", Severity.class);
        if (least.isEmpty()) {
            return numbers;
        }
        Set<Integer> grave = new LinkedHashSet<>();
        for (EventType type : EventType.values()) {
            if (type.severity().compareTo(least.get()) >= 0
                    && (numbers.isEmpty() || numbers.contains(type.number()))) {
                grave.add(type.number());
            }
        }
        // an empty set would stand for all of them
        return grave.isEmpty() ? Set.of(NO_EVENT) : grave;
    }

    private static Set<Integer> given(Invocation call) throws Misuse {
        Set<Integer> numbers = new LinkedHashSet<>();
        for (String number : call.option("--event").orElse("").split(",")) {
            if (number.isBlank()) {
                continue;
            }
            if (!number.strip().matches("[0-9]{1,5}")) {
                throw new Misuse(
                        "--event cannot be '" + number + "'; it is one or more event numbers");
            }
            numbers.add(Integer.valueOf(number.strip()));
        }
        return numbers;
    }

    /** The event's text and its facts on one line. */
    static String text(JournalRecord record) {
        String facts =
                record.attributes().entrySet().stream()
                        .map(fact -> fact.getKey() + "=" + fact.getValue().replace('\n', ' '))
                        .collect(Collectors.joining(", "));
        return facts.isEmpty() ? record.text() : record.text() + " (" + facts + ")";
    }
}
