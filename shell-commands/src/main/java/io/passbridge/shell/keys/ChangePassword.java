/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.credential.Secret;
import io.passbridge.event.Actor;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeySetAccess;
import io.passbridge.keys.Protector;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Usage;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code keys:passwd}: changes the service-account password of the key set. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "passwd")
public final class ChangePassword extends Command {
    private final KeySetAccess access;

    @Activate
    public ChangePassword(@Reference KeySetAccess access) {
        super(
                Usage.of("keys:passwd", "change the service-account password of the key set")
                        .details(
                                "Nothing that is sealed is lost, and a crash at any moment leaves a"
                                        + " key set that opens. The password is stored where the"
                                        + " next start finds it; if only you can put it there, the"
                                        + " command says so, and the old password goes on working"
                                        + " until you have.")
                        .option(
                                "--password-file",
                                "FILE",
                                "read the new password from a file that only you may read, or from"
                                        + " standard input (-)")
                        .json()
                        .example("keys:passwd")
                        .example("keys:passwd --password-file -"));
        this.access = access;
    }

    @Override
    protected void run(Invocation call) throws Refused, KeyException {
        try (Secret password =
                call.newSecret("New service-account password: ", "--password-file")) {
            Protector.Adoption adoption = access.changePassword(Actor.ofThisProcess(), password);
            call.print(
                    adoption,
                    "The password of the key set is changed: "
                            + adoption.text()
                            + ". Exports keep the password they were made with.");
        }
    }
}
