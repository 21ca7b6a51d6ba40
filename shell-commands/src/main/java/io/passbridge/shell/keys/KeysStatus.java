/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.event.EventType;
import io.passbridge.event.Journal;
import io.passbridge.event.JournalException;
import io.passbridge.event.JournalFilter;
import io.passbridge.event.JournalRecord;
import io.passbridge.keys.KeySetStatus;
import io.passbridge.keys.KeySetView;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Sheet;
import io.passbridge.shell.kit.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** {@code keys:status}: whether the key set is open, and what there is to do about it. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "status")
public final class KeysStatus extends Command {
    private static final Sheet<Report> SHEET =
            Sheet.of(Report.class)
                    .line("state", r -> r.status().text())
                    .line("remedy", r -> r.status().remedy().isEmpty() ? "-" : r.status().remedy())
                    .line("key set", r -> orDash(r.status().keySetId()))
                    .line("protector", r -> orDash(r.status().protector()))
                    .line("protectors there", r -> String.join(", ", r.protectors()))
                    .line("primary key", r -> r.status().primary())
                    .line("keys", Report::keys)
                    .line("generation", r -> r.status().generation())
                    .line("created", r -> r.status().created())
                    .line("newest key", r -> r.status().newestKey())
                    .line("last export", r -> r.status().exported())
                    .line("export is", Report::export)
                    .line("last drill", r -> r.status().drilled())
                    .line("last verified", Report::verified)
                    .line("opened then", r -> orDash(r.opened()));

    private final KeySetView view;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<Journal> journals = new CopyOnWriteArrayList<>();

    record Report(
            KeySetStatus status,
            int keys,
            boolean exportOutdated,
            List<String> protectors,
            Optional<Instant> verified,
            String opened) {
        String export() {
            if (status.exported().isEmpty()) {
                return "missing; keys:export FILE";
            }
            return exportOutdated ? "older than the newest key; keys:export FILE" : "complete";
        }
    }

    @Activate
    public KeysStatus(@Reference KeySetView view) {
        super(
                Usage.of("keys:status", "show whether the key set is open, and its dates")
                        .json()
                        .example("keys:status"));
        this.view = view;
    }

    KeysStatus(KeySetView view, Journal journal) {
        this(view);
        journals.add(journal);
    }

    @Override
    protected void run(Invocation call) {
        KeySetStatus status = view.status();
        Optional<JournalRecord> verified = lastVerification(status.keySetId());
        call.print(
                new Report(
                        status,
                        view.keys().size(),
                        status.exportOutdated(),
                        view.protectors(),
                        verified.map(JournalRecord::time),
                        verified.map(r -> r.attributes().getOrDefault("opened", "")).orElse("")),
                SHEET);
    }

    /** Known while the store is open. */
    private Optional<JournalRecord> lastVerification(String keySet) {
        JournalFilter filter =
                new JournalFilter(
                        Set.of(EventType.VALUES_VERIFIED.number()), keySet, Optional.empty());
        for (Journal journal : journals) {
            try {
                return journal.list(filter, 1).stream().findFirst();
            } catch (JournalException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
