/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.event.Actor;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeySetAccess;
import io.passbridge.keys.KeySetView;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Usage;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code keys:lock}: takes the keys out of memory. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "lock")
public final class LockKeys extends Command {
    private final KeySetAccess access;
    private final KeySetView view;

    @Activate
    public LockKeys(@Reference KeySetAccess access, @Reference KeySetView view) {
        super(
                Usage.of("keys:lock", "take the keys out of memory until keys:unlock")
                        .details(
                                "No cycle runs on a locked platform. A restart unlocks it again if"
                                        + " the protector finds what it needs.")
                        .flag("--yes", "do not ask")
                        .json()
                        .example("keys:lock"));
        this.access = access;
        this.view = view;
    }

    @Override
    protected void run(Invocation call) throws Refused, KeyException {
        call.confirm("The platform stops synchronising until keys:unlock.", "lock");
        access.lock(Actor.ofThisProcess());
        call.print(view.status(), "The key set is locked.");
    }
}
