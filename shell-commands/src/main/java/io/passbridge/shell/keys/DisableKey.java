/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

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

/** {@code keys:disable}: stops a key from opening values. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "disable")
public final class DisableKey extends Command {
    private final KeyLifeCycle keys;

    @Activate
    public DisableKey(@Reference KeyLifeCycle keys, @Reference KeySetView view) {
        super(
                Usage.of("keys:disable", "stop a key from opening values")
                        .details(
                                "Values under the key cannot be opened until keys:enable."
                                        + " keys:census tells how many there are. The primary key"
                                        + " cannot be disabled: promote another one first.")
                        .argument(
                                "KEY",
                                "its number",
                                () ->
                                        KeyNumbers.of(
                                                view, KeyStatus.PENDING, KeyStatus.DECRYPT_ONLY))
                        .json()
                        .example("keys:disable 1"));
        this.keys = keys;
    }

    @Override
    protected void run(Invocation call) throws Misuse, KeyException {
        int id = KeyNumbers.parse(call.argument(0));
        KeyInfo key = keys.disable(Actor.name(), id);
        call.print(
                key,
                "Key " + key.id() + " is " + KeyNumbers.state(key) + "; keys:enable undoes it.");
    }
}
