/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.credential.Secret;
import io.passbridge.event.Actor;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyLifeCycle;
import io.passbridge.keys.KeyRecovery;
import io.passbridge.keys.KeySetAccess;
import io.passbridge.keys.KeySetView;
import io.passbridge.keys.SealedValues;
import io.passbridge.keys.SealedValues.Order;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.CommandFailure;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Misuse;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Usage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code keys:miiskmu}: the switches of the key management utility that runbooks know, and its
 * three choices as a menu for a person at a terminal.
 */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "miiskmu")
public final class KeyManagementUtility extends Command {
    private static final String HELP =
            """
            miiskmu /e FILE /u:USER {PASSWORD|*} [/q]   export the key set to a new file
            miiskmu /b SIZE [/q]                        re-encrypt, SIZE values at a time
            miiskmu /a                                  abandon the key set
            miiskmu /?                                  this help
            miiskmu                                     at a terminal: choose from a menu
              FILE             must not exist; its folder must
              USER             who exports, for the event journal
              PASSWORD         seals the export, and miisactivate asks for it; the service
                               account's own, or one for this export. * asks without echo
              --password-file FILE   the password from a file that only you may read, or
                               - for standard input, in place of PASSWORD
              /q               prints nothing unless it fails
            A hyphen may stand for the slash.\
            """;

    private final KeyRecovery recovery;
    private final SealedValues values;
    private final KeySetView view;
    private final KeySetAccess access;
    private final KeyLifeCycle keys;

    record Help(String keySetId, String help) {}

    @Activate
    public KeyManagementUtility(
            @Reference KeyRecovery recovery,
            @Reference SealedValues values,
            @Reference KeySetView view,
            @Reference KeySetAccess access,
            @Reference KeyLifeCycle keys) {
        super(
                Usage.of("keys:miiskmu", "accept the switches of miiskmu, for runbooks")
                        .details("bin/miiskmu calls this. keys:export and the others can do more.")
                        .option(
                                "--password-file",
                                "FILE",
                                "read the password from a file that only you may read, or from"
                                        + " standard input (-)")
                        .any("SWITCH", "/e FILE /u:USER * /q, /b SIZE, /a or /?", List::of)
                        .example("keys:miiskmu /e keys.pbks /u:svc '*'"));
        this.recovery = recovery;
        this.values = values;
        this.view = view;
        this.access = access;
        this.keys = keys;
    }

    @Override
    protected void run(Invocation call) throws CommandFailure, KeyException, InterruptedException {
        KmuSwitches switches;
        try {
            switches = KmuSwitches.parse(call.arguments());
        } catch (Misuse e) {
            throw e.with(HELP);
        }
        switch (switches.action()) {
            case HELP -> help(call);
            case EXPORT -> export(call, switches);
            case BATCHES ->
                    RewrapValues.rewrap(
                            call, values, new Order(switches.batch(), false, 0), switches.quiet());
            case ABANDON -> AbandonKeys.abandon(call, recovery);
            default -> menu(call);
        }
    }

    private void help(Invocation call) {
        String id = view.status().keySetId();
        String help = HELP + "\nCurrent key set: " + (id.isEmpty() ? "none that can be read" : id);
        call.print(new Help(id, help), help.replace("\n", System.lineSeparator()));
    }

    private void menu(Invocation call) throws CommandFailure, KeyException {
        if (!call.canAsk()) {
            help(call);
            return;
        }
        call.remark("1  export the key set to a new file");
        call.remark("2  add a new key, under which new values are sealed");
        call.remark("3  abandon the key set");
        switch (call.ask("1, 2 or 3, or nothing to leave: ")) {
            case "1" -> {
                String file = call.ask("File of the export: ");
                if (file.isEmpty()) {
                    throw new Refused("no file was named; nothing was exported");
                }
                export(
                        call,
                        new KmuSwitches(
                                KmuSwitches.Action.EXPORT,
                                Optional.of(file),
                                Optional.empty(),
                                0,
                                false));
            }
            case "2" -> AddKey.add(call, keys, false);
            case "3" -> AbandonKeys.abandon(call, recovery);
            case "" -> call.remark("Nothing was changed.");
            default -> throw new Refused("that is none of the three; nothing was changed");
        }
    }

    private void export(Invocation call, KmuSwitches switches) throws CommandFailure, KeyException {
        String actor =
                switches.user()
                        .map(user -> Actor.ofThisProcess() + " as " + user)
                        .orElse(Actor.ofThisProcess());
        Path file = call.resolve(switches.file().orElseThrow());
        ExportPassword.requireFree(file);
        try (Secret password = call.secret("Password for the export: ", "--password-file")) {
            check(call, password, switches.quiet());
            KeyRecovery.Export export = recovery.export(actor, file, password);
            if (!switches.quiet()) {
                ExportSheet.print(call, export);
            }
        }
    }

    /**
     * The model of this tool takes the service account's password and nothing else, so a slip of
     * the finger was found at once. A password of the export's own is typed twice instead.
     */
    private void check(Invocation call, Secret password, boolean quiet)
            throws CommandFailure, KeyException {
        Optional<Boolean> own = access.opensWith(password);
        if (own.orElse(false)) {
            return;
        }
        String what =
                own.isPresent()
                        ? "This is not the service account's password; it becomes the export's own."
                        : "Whether this is the service account's password cannot be told; it"
                                + " becomes the export's own.";
        if (!call.has("--password-file")) {
            call.remark(what);
            call.repeat(password);
        } else if (!quiet) {
            call.warn("miiskmu: " + what + " Keep it: nothing else opens the export.");
        }
    }
}
