/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.sync;

import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Misuse;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Sheet;
import io.passbridge.shell.kit.Table;
import io.passbridge.shell.kit.Usage;
import io.passbridge.sync.PlannedChange;
import io.passbridge.sync.Preview;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.Synchronization;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code sync:preview}: what a run would do and how long it would take. */
@Component(service = Command.class)
@GogoCommand(scope = "sync", function = "preview")
public final class PreviewRoute extends Command {
    private static final Sheet<Preview> SHEET =
            Sheet.of(Preview.class)
                    .line("route", Preview::route)
                    .line("kind of run", preview -> preview.full() ? "full" : "delta")
                    .lineIfAny("sends", preview -> told(preview.sends()))
                    .number("expected users", PreviewRoute::expected)
                    .number("examined", Preview::examined)
                    .line(
                            "sample",
                            preview ->
                                    preview.complete()
                                            ? "complete"
                                            : "a sample; the numbers below are of it")
                    .number("passwords to send", Preview::passwords)
                    .number("account states to send", Preview::states)
                    .number("of these deletions", Preview::deletions)
                    .line("would be stopped", p -> p.stops().isEmpty() ? "no" : p.stops())
                    .number("unchanged", Preview::unchanged)
                    .number("stopped by a gate", Preview::stopped)
                    .line("reasons", p -> String.join("\n", p.reasons()))
                    .line("duration", PreviewRoute::duration)
                    .lineIfAny("at least", preview -> tellable(preview.least()))
                    .lineIfAny("at most", preview -> tellable(preview.most()));

    /** What a run does besides digests takes about as long, and nobody has measured it. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static final Table<PlannedChange> PEOPLE =
            Table.of(PlannedChange.class, "Nobody changes.")
                    .column("USER", PlannedChange::user)
                    .column("CHANGE", PlannedChange::kind)
                    .minor("ANCHOR", PlannedChange::anchor)
                    .column("REASON", PlannedChange::reason);

    private final Synchronization synchronization;

    @Activate
    public PreviewRoute(@Reference Synchronization synchronization) {
        super(
                Usage.of("sync:preview", "forecast a run without digesting or writing anything")
                        .optional(
                                "ROUTE",
                                "the route; needed if there are several",
                                () -> Routes.names(synchronization))
                        .flag("--full", "forecast a full run")
                        .option(
                                "--with",
                                "KEY=VALUE",
                                "forecast what the next run would do after a change of the route's"
                                        + " configuration; several are separated by semicolons")
                        .flag("--people", "show who changes and why")
                        .option("--skip", "COUNT", "leave so many people out at the beginning")
                        .option("--limit", "COUNT", "at most so many people; 100 if not given")
                        .lists()
                        .example("sync:preview corp_cloud --full")
                        .example("sync:preview corp_cloud --people --limit 1000")
                        .example("sync:preview corp_cloud --with mustChange=send"));
        this.synchronization = synchronization;
    }

    @Override
    protected void run(Invocation call)
            throws Misuse, Refused, SyncException, InterruptedException {
        String route = Routes.one(synchronization, call);
        Optional<String> with = call.option("--with");
        int skip = (int) call.number("--skip", 0, 0, Integer.MAX_VALUE);
        int limit = (int) call.number("--limit", 100, 1, 100_000);
        Preview whole =
                with.isPresent()
                        ? synchronization.preview(route, values(with.get()))
                        : synchronization.preview(route, call.has("--full"));
        Preview preview = whole.page(skip, limit);
        call.print(preview, SHEET);
        if (!call.has("--people")) {
            return;
        }
        if (!call.json()) {
            call.print(preview.changes(), PEOPLE);
        }
        int shown = Math.min(skip, whole.changes().size()) + preview.changes().size();
        if (shown < whole.changes().size()) {
            call.remark(
                    "There are %,d more: --skip %d goes on."
                            .formatted(whole.changes().size() - shown, shown));
        }
    }

    private static Map<String, String> values(String text) throws Misuse {
        Map<String, String> values = new TreeMap<>();
        for (String part : text.split(";")) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw new Misuse("--with takes KEY=VALUE, not '" + part + "'");
            }
            values.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
        }
        return values;
    }

    private static Object duration(Preview preview) {
        if (preview.passwords() == 0) {
            return "what reading takes: no password is sent";
        }
        if (preview.duration().isEmpty()) {
            return "cannot be told yet";
        }
        return tellable(preview.duration()).<Object>map(d -> d).orElse("less than a second");
    }

    private static Optional<String> told(String text) {
        return Optional.of(text).filter(words -> !words.isEmpty());
    }

    private static Optional<Duration> tellable(Optional<Duration> length) {
        return length.filter(told -> told.compareTo(SHORT) >= 0);
    }

    private static Object expected(Preview preview) {
        return preview.expected() < 0 ? "unknown" : (Object) preview.expected();
    }
}
