/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.credential.Secret;
import io.passbridge.event.Actor;
import io.passbridge.health.Finding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyRecovery;
import io.passbridge.keys.KeyRecovery.Drill;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.CommandFailure;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.PartlyDone;
import io.passbridge.shell.kit.Usage;
import java.nio.file.Path;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code keys:drill}: rehearses a restore in a throw-away place. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "drill")
public final class DrillRestore extends Command {
    private final KeyRecovery recovery;

    @Activate
    public DrillRestore(@Reference KeyRecovery recovery) {
        super(
                ExportPassword.options(Usage.of("keys:drill", "rehearse a restore from an export"))
                        .details(
                                "Opens the export, makes a key set of it in a folder that is thrown"
                                        + " away, and proves it by opening a value that this server"
                                        + " seals for the purpose, and every stored value.")
                        .argument("FILE", "the export")
                        .json()
                        .example("keys:drill /media/safe/passbridge-keys.pbks"));
        this.recovery = recovery;
    }

    @Override
    protected void run(Invocation call) throws CommandFailure, KeyException {
        Path file = call.resolve(call.argument(0));
        try (Secret password = ExportPassword.of(call, recovery, file)) {
            Drill drill = recovery.drill(Actor.ofThisProcess(), file, password);
            call.print(
                    drill,
                    "The restore works: the canary opened, and "
                            + drill.opening()
                            + " of "
                            + drill.values()
                            + " stored values.");
            if (drill.opening() < drill.values()) {
                throw new PartlyDone(
                        Finding.count(
                                        drill.values() - drill.opening(),
                                        "stored value does",
                                        "stored values do")
                                + " not open with the export; keys:verify names those that do not"
                                + " open here either");
            }
        }
    }
}
