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
import io.passbridge.shell.kit.Usage;
import io.passbridge.sync.Preview;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.Synchronization;
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
                    .number("unchanged", Preview::unchanged)
                    .number("stopped by a gate", Preview::stopped)
                    .line("reasons", Preview::reasons)
                    .line("duration", Preview::duration)
                    .line("at least", Preview::least)
                    .line("at most", Preview::most);

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
                        .json()
                        .example("sync:preview corp_cloud --full")
                        .example("sync:preview corp_cloud --with mustChange=send"));
        this.synchronization = synchronization;
    }

    @Override
    protected void run(Invocation call)
            throws Misuse, Refused, SyncException, InterruptedException {
        String route = Routes.one(synchronization, call);
        Optional<String> with = call.option("--with");
        call.print(
                with.isPresent()
                        ? synchronization.preview(route, values(with.get()))
                        : synchronization.preview(route, call.has("--full")),
                SHEET);
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

    private static String expected(Preview preview) {
        return preview.expected() < 0 ? "unknown" : String.valueOf(preview.expected());
    }
}
