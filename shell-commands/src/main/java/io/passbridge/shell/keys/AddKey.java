/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.event.Actor;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeyLifeCycle;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Usage;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code keys:add}: makes a new key. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "add")
public final class AddKey extends Command {
    private final KeyLifeCycle keys;

    @Activate
    public AddKey(@Reference KeyLifeCycle keys) {
        super(
                Usage.of("keys:add", "make a new key and seal new values under it")
                        .details(
                                "Values that are sealed already stay readable under their keys;"
                                        + " keys:rewrap moves them.")
                        .flag("--pending", "only make it; keys:promote puts it to use")
                        .json()
                        .example("keys:add"));
        this.keys = keys;
    }

    @Override
    protected void run(Invocation call) throws KeyException {
        add(call, keys, call.has("--pending"));
    }

    /** Does it and says what comes next. */
    static void add(Invocation call, KeyLifeCycle keys, boolean pending) throws KeyException {
        KeyInfo key = keys.add(Actor.ofThisProcess(), pending);
        call.print(
                key,
                "Key "
                        + key.id()
                        + " is "
                        + KeyNumbers.state(key)
                        + ". Export the key set again: keys:export FILE.");
    }
}
