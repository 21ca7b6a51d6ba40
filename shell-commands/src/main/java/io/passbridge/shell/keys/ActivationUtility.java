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
import io.passbridge.shell.kit.Misuse;
import io.passbridge.shell.kit.Usage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code keys:miisactivate}: the switches of the activation tool that runbooks know. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "miisactivate")
public final class ActivationUtility extends Command {
    private static final String HELP =
            """
            miisactivate FILE [USER {PASSWORD|*}] [/q]   activate an export on this server
              FILE             an export that miiskmu or keys:export made
              USER             who activates; named for scripts that name somebody
              PASSWORD         of the export. * asks without echo
              --password-file FILE   the password from a file that only you may read, or
                               - for standard input, in place of PASSWORD
              /q               asks nothing, prints nothing unless it fails, and fences
                               out another server that is active on the same store
              --yes            asks nothing
              /?               this help
            Two servers that are active on one store damage it: stop the other one for
            good.
            A hyphen may stand for the slash.\
            """;

    private final KeyRecovery recovery;

    @Activate
    public ActivationUtility(@Reference KeyRecovery recovery) {
        super(
                Usage.of("keys:miisactivate", "accept the switches of miisactivate, for runbooks")
                        .details(
                                "bin/miisactivate calls this; keys:activate can do more. /q asks"
                                        + " nothing and fences out another server that is active.")
                        .option(
                                "--password-file",
                                "FILE",
                                "read the password from a file that only you may read, or from"
                                        + " standard input (-)")
                        .flag("--yes", "ask nothing")
                        .any("WORD", "FILE USER * /q, or /?", List::of)
                        .example("keys:miisactivate keys.pbks svc *"));
        this.recovery = recovery;
    }

    private static boolean isQuiet(String word) {
        return word.equalsIgnoreCase("/q") || word.equalsIgnoreCase("-q");
    }

    @Override
    protected void run(Invocation call) throws CommandFailure, KeyException {
        List<String> words = new ArrayList<>(call.arguments());
        boolean quiet = words.removeIf(ActivationUtility::isQuiet);
        words.removeIf("*"::equals);
        if (words.isEmpty() || words.contains("/?") || words.contains("-?")) {
            call.print(List.of(), HELP.replace("\n", System.lineSeparator()));
            return;
        }
        if (words.size() > 2) {
            throw new Misuse("there are too many words").with(HELP);
        }
        Path file = call.resolve(words.get(0));
        // before anybody is asked for a password
        recovery.inspect(file, Optional.empty());
        try (Secret password = call.secret("Password of the export: ", "--password-file")) {
            ActivateKeys.activate(
                    call,
                    recovery,
                    file,
                    password,
                    quiet ? ActivateKeys.Asks.NOTHING : ActivateKeys.Asks.ALWAYS);
        }
    }
}
