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

/** {@code keys:compromise}: marks a key as known to others. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "compromise")
public final class CompromiseKey extends Command {
    private final KeyLifeCycle keys;
    private final KeySetView view;

    @Activate
    public CompromiseKey(@Reference KeyLifeCycle keys, @Reference KeySetView view) {
        super(
                Usage.of("keys:compromise", "mark a key as known to others")
                        .details(
                                "Another key becomes primary by keys:add, and keys:rewrap moves the"
                                    + " values. Whoever knows the key could read what was sealed"
                                    + " under it: change those secrets too.")
                        .argument(
                                "KEY",
                                "its number",
                                () ->
                                        KeyNumbers.of(
                                                view,
                                                KeyStatus.PENDING,
                                                KeyStatus.PRIMARY,
                                                KeyStatus.DECRYPT_ONLY,
                                                KeyStatus.DISABLED))
                        .dangerous()
                        .json()
                        .example("keys:compromise 1"));
        this.keys = keys;
        this.view = view;
    }

    @Override
    protected void run(Invocation call) throws Misuse, Refused, KeyException {
        int id = KeyNumbers.parse(call.argument(0));
        KeyInfo present =
                view.keys().stream()
                        .filter(key -> key.id() == id)
                        .findFirst()
                        .orElseThrow(() -> new Refused("there is no key " + id + "; keys:list"));
        if (call.dryRun()) {
            call.print(
                    present,
                    "Key "
                            + id
                            + " is "
                            + KeyNumbers.state(present)
                            + " and would be marked as known to others, for ever. Nothing was"
                            + " changed.");
            return;
        }
        call.confirm(
                "Key " + id + " is marked as known to others, for ever.", Integer.toString(id));
        KeyInfo key = keys.markCompromised(Actor.ofThisProcess(), id);
        call.print(
                key,
                "Key "
                        + key.id()
                        + " is "
                        + KeyNumbers.state(key)
                        + ". It cannot be promoted again. Next: keys:add, keys:rewrap, then new"
                        + " secrets for the accounts.");
    }
}
