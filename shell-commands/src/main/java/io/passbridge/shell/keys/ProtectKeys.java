/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.credential.Secret;
import io.passbridge.event.Actor;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeySetAccess;
import io.passbridge.keys.KeySetStatus;
import io.passbridge.keys.KeySetView;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Usage;
import java.util.Optional;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code keys:protect}: protects the key set with another protector. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "protect")
public final class ProtectKeys extends Command {
    private final KeySetAccess access;
    private final KeySetView view;

    @Activate
    public ProtectKeys(@Reference KeySetAccess access, @Reference KeySetView view) {
        super(
                Usage.of("keys:protect", "protect the key set with another protector")
                        .details(
                                "The new protection is opened once before it takes effect, and is"
                                        + " put in place in one step.")
                        .flag("--ask", "ask for the protector's password or PIN")
                        .option(
                                "--password-file",
                                "FILE",
                                "read the protector's password or PIN from a file that only you may"
                                        + " read, or from standard input (-)")
                        .argument("PROTECTOR", "its name", view::protectors)
                        .json()
                        .example("keys:protect pkcs11"));
        this.access = access;
        this.view = view;
    }

    @Override
    protected void run(Invocation call) throws Refused, KeyException {
        String protector = call.argument(0);
        if (call.has("--ask") || call.has("--password-file")) {
            try (Secret password = call.secret("Password or PIN: ", "--password-file")) {
                access.protectWith(Actor.ofThisProcess(), protector, Optional.of(password));
            }
        } else {
            access.protectWith(Actor.ofThisProcess(), protector, Optional.empty());
        }
        KeySetStatus status = view.status();
        call.print(
                status, "The key set is protected by '" + protector + "'; " + status.text() + ".");
    }
}
