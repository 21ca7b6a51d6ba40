/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.credential.Secret;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyRecovery;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.CommandFailure;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Usage;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code keys:inspect}: looks into an export without importing it. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "inspect")
public final class InspectExport extends Command {
    private final KeyRecovery recovery;

    @Activate
    public InspectExport(@Reference KeyRecovery recovery) {
        super(
                ExportPassword.options(
                                Usage.of(
                                        "keys:inspect", "look into an export without importing it"))
                        .flag("--unopened", "do not ask for the password; show what the file says")
                        .argument("FILE", "the export")
                        .json()
                        .example("keys:inspect /media/safe/passbridge-keys.pbks"));
        this.recovery = recovery;
    }

    @Override
    protected void run(Invocation call) throws CommandFailure, KeyException {
        Path file = call.resolve(call.argument(0));
        if (call.has("--unopened")) {
            ExportSheet.print(call, recovery.inspect(file, Optional.empty()));
            return;
        }
        try (Secret password = ExportPassword.of(call, recovery, file)) {
            ExportSheet.print(call, recovery.inspect(file, Optional.of(password)));
        }
    }
}
