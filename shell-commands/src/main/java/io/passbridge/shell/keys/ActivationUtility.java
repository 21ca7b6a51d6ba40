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
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code keys:miisactivate}: the switches of the activation tool that runbooks know. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "miisactivate")
public final class ActivationUtility extends Command {
    private static final String HELP =
            "miisactivate FILE [USER {PASSWORD|*}] [/q]   put the key set of an export on this"
                    + " server";

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
                        .any("WORD", "FILE USER * /q, or /?", List::of)
                        .example("keys:miisactivate keys.pbks svc *"));
        this.recovery = recovery;
    }

    @Override
    protected void run(Invocation call) throws CommandFailure, KeyException {
        List<String> words = new ArrayList<>(call.arguments());
        boolean quiet = words.removeIf(word -> word.equalsIgnoreCase("/q"));
        words.removeIf("*"::equals);
        if (words.isEmpty() || words.contains("/?")) {
            call.print(List.of(), HELP);
            return;
        }
        if (words.size() > 2) {
            throw new Misuse("too many words; miisactivate '/?' shows how it is used");
        }
        try (Secret password = call.secret("Password of the export: ", "--password-file")) {
            ActivateKeys.activate(call, recovery, call.resolve(words.get(0)), password, quiet);
        }
    }
}
