/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.event.Actor;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeyLifeCycle;
import io.passbridge.keys.KeySetView;
import io.passbridge.keys.KeyStatus;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Misuse;
import io.passbridge.shell.kit.Usage;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code keys:promote}: makes a key primary. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "promote")
public final class PromoteKey extends Command {
    private final KeyLifeCycle keys;

    @Activate
    public PromoteKey(@Reference KeyLifeCycle keys, @Reference KeySetView view) {
        super(
                Usage.of("keys:promote", "seal new values under a key that is there")
                        .details("The primary key until now goes on opening its values.")
                        .argument(
                                "KEY",
                                "its number",
                                () ->
                                        KeyNumbers.of(
                                                view, KeyStatus.PENDING, KeyStatus.DECRYPT_ONLY))
                        .json()
                        .example("keys:promote 1"));
        this.keys = keys;
    }

    @Override
    protected void run(Invocation call) throws Misuse, KeyException {
        int id = KeyNumbers.parse(call.argument(0));
        KeyInfo key = keys.promote(Actor.ofThisProcess(), id);
        call.print(key, "Key " + key.id() + " is " + KeyNumbers.state(key) + ".");
    }
}
