/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.sync;

import io.passbridge.event.Actor;
import io.passbridge.health.Finding;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.PartlyDone;
import io.passbridge.shell.kit.Progress;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Usage;
import io.passbridge.sync.SealedExport;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.Synchronization;
import java.nio.file.Path;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code sync:export-sealed}: everybody of a route, for a recipient without a connection. */
@Component(service = Command.class)
@GogoCommand(scope = "sync", function = "export-sealed")
public final class ExportSealed extends Command {
    private final Synchronization synchronization;

    @Activate
    public ExportSealed(@Reference Synchronization synchronization) {
        super(
                Usage.of(
                                "sync:export-sealed",
                                "write everybody's source credentials to a file, sealed for the"
                                        + " target's recipient")
                        .details(
                                "For a target that cannot be reached: carry the file there and"
                                    + " apply it with the agent's command. The source is read as in"
                                    + " a full run; neither the target nor what the platform knows"
                                    + " of the route changes. The recipient alone can open the"
                                    + " file: docs/formats/sealed-file.md. The route needs"
                                    + " 'allowSourceCredentials = true'.")
                        .argument("ROUTE", "the route", () -> Routes.names(synchronization))
                        .argument("FILE", "a new file")
                        .json()
                        .example("sync:export-sealed corp_branch /media/stick/corp.sealed"));
        this.synchronization = synchronization;
    }

    @Override
    protected void run(Invocation call) throws Refused, PartlyDone, SyncException {
        String route = Routes.one(synchronization, call);
        Path file = call.resolve(call.argument(1)).toAbsolutePath();
        SealedExport export;
        try (Progress bar = call.progress("route " + route)) {
            export =
                    synchronization.exportSealed(
                            route,
                            file,
                            Actor.ofThisProcess(),
                            progress -> {
                                bar.total(progress.expected());
                                bar.done(progress.done());
                            });
        } catch (InterruptedException e) {
            throw new Refused("stopped; no file is left", e);
        }
        call.print(export, sentence(export));
        if (export.leftOut() > 0) {
            throw new PartlyDone(
                    Finding.count(export.leftOut(), "person is", "people are")
                            + " not in it, or without the password: "
                            + String.join("; ", export.reasons()));
        }
    }

    private static String sentence(SealedExport export) {
        return "%s, %s: %s (export %s)."
                .formatted(
                        Finding.count(export.people(), "person", "people"),
                        Finding.count(export.passwords(), "password", "passwords"),
                        export.file(),
                        export.export());
    }
}
