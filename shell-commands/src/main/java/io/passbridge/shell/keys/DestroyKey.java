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
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Usage;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code keys:destroy}: destroys a key. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "destroy")
public final class DestroyKey extends Command {
    private final KeyLifeCycle keys;

    @Activate
    public DestroyKey(@Reference KeyLifeCycle keys, @Reference KeySetView view) {
        super(
                Usage.of("keys:destroy", "destroy a disabled key under which nothing is sealed")
                        .details(
                                "The key is gone from this server for ever; its number stays taken,"
                                    + " and exports made before still hold it. Refused while a"
                                    + " stored value needs the key. A database backup older than"
                                    + " the last keys:rewrap needs it too.")
                        .argument(
                                "KEY", "its number", () -> KeyNumbers.of(view, KeyStatus.DISABLED))
                        .dangerous()
                        .json()
                        .example("keys:destroy 1"));
        this.keys = keys;
    }

    @Override
    protected void run(Invocation call) throws Misuse, Refused, KeyException {
        int id = KeyNumbers.parse(call.argument(0));
        KeyInfo planned = keys.planDestroy(id);
        if (call.dryRun()) {
            call.print(
                    planned,
                    "Key "
                            + id
                            + " ("
                            + planned.fingerprint()
                            + ") can be destroyed: no stored value needs it. Nothing was changed.");
            return;
        }
        call.confirm(
                "Key " + id + " will be gone from this server for ever.", Integer.toString(id));
        KeyInfo key = keys.destroy(Actor.ofThisProcess(), id);
        call.print(key, "Key " + key.id() + " is " + KeyNumbers.state(key) + ".");
    }
}
