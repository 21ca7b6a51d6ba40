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

/** {@code keys:enable}: lets a key open values again. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "enable")
public final class EnableKey extends Command {
    private final KeyLifeCycle keys;

    @Activate
    public EnableKey(@Reference KeyLifeCycle keys, @Reference KeySetView view) {
        super(
                Usage.of("keys:enable", "let a disabled key open values again")
                        .argument(
                                "KEY", "its number", () -> KeyNumbers.of(view, KeyStatus.DISABLED))
                        .json()
                        .example("keys:enable 1"));
        this.keys = keys;
    }

    @Override
    protected void run(Invocation call) throws Misuse, KeyException {
        int id = KeyNumbers.parse(call.argument(0));
        KeyInfo key = keys.enable(Actor.ofThisProcess(), id);
        call.print(key, "Key " + key.id() + " is " + KeyNumbers.state(key) + ".");
    }
}
