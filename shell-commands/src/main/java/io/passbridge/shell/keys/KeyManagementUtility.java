/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.credential.Secret;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyRecovery;
import io.passbridge.keys.KeySetView;
import io.passbridge.keys.SealedValues;
import io.passbridge.keys.SealedValues.Order;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.CommandFailure;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Usage;
import java.util.List;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code keys:miiskmu}: the switches of the key management utility that runbooks know. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "miiskmu")
public final class KeyManagementUtility extends Command {
    private static final String HELP =
            """
            miiskmu /e FILE /u:USER {PASSWORD|*} [/q]   export the key set to a new file
            miiskmu /b SIZE                             re-encrypt stored values, SIZE at a time
            miiskmu /a                                  abandon the key set
            miiskmu /?                                  this help
            The password seals the export, and miisactivate asks for it. * asks without echo.
            Current key set: %s\
            """;

    private final KeyRecovery recovery;
    private final SealedValues values;
    private final KeySetView view;

    record Help(String keySetId, String help) {}

    @Activate
    public KeyManagementUtility(
            @Reference KeyRecovery recovery,
            @Reference SealedValues values,
            @Reference KeySetView view) {
        super(
                Usage.of("keys:miiskmu", "accept the switches of miiskmu, for runbooks")
                        .details("bin/miiskmu calls this. keys:export and the others can do more.")
                        .option(
                                "--password-file",
                                "FILE",
                                "read the password from a file that only you may read, or from"
                                        + " standard input (-)")
                        .any("SWITCH", "/e FILE /u:USER * /q, /b SIZE, /a or /?", List::of)
                        .example("keys:miiskmu /e keys.pbks /u:svc *"));
        this.recovery = recovery;
        this.values = values;
        this.view = view;
    }

    @Override
    protected void run(Invocation call) throws CommandFailure, KeyException, InterruptedException {
        KmuSwitches switches = KmuSwitches.parse(call.arguments());
        switch (switches.action()) {
            case HELP -> help(call);
            case EXPORT -> export(call, switches);
            case BATCHES ->
                    RewrapValues.rewrap(call, values, new Order(switches.batch(), false, 0));
            case ABANDON -> AbandonKeys.abandon(call, recovery);
            default -> throw new IllegalStateException("no such action");
        }
    }

    private void help(Invocation call) {
        String id = view.status().keySetId();
        String help = HELP.formatted(id.isEmpty() ? "none that can be read" : id);
        call.print(new Help(id, help), help.replace("\n", System.lineSeparator()));
    }

    private void export(Invocation call, KmuSwitches switches) throws CommandFailure, KeyException {
        String actor =
                switches.user().map(user -> Actor.name() + " as " + user).orElse(Actor.name());
        try (Secret password = call.newSecret("Password for the export: ", "--password-file")) {
            KeyRecovery.Export export =
                    recovery.export(actor, call.resolve(switches.file().orElseThrow()), password);
            if (!switches.quiet()) {
                ExportSheet.print(call, export);
            }
        }
    }
}
