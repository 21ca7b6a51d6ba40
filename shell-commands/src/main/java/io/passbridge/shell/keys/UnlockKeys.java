/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.credential.Secret;
import io.passbridge.event.Actor;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.KeySetAccess;
import io.passbridge.keys.KeySetView;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Usage;
import java.util.Optional;
import java.util.Set;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code keys:unlock}: opens the key set without a restart. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "unlock")
public final class UnlockKeys extends Command {
    private static final Set<Kind> ASK =
            Set.of(Kind.WRONG_PASSWORD, Kind.NO_PASSWORD, Kind.UNSAFE_FILE);

    private final KeySetAccess access;
    private final KeySetView view;

    record Report(String keySetId, boolean unlocked, boolean stored, String note) {}

    @Activate
    public UnlockKeys(@Reference KeySetAccess access, @Reference KeySetView view) {
        super(
                Usage.of("keys:unlock", "open the key set without a restart")
                        .details(
                                "Looks first where the protector looks at a start: the cause may be"
                                        + " mended already. Then asks for the service-account"
                                        + " password. --store puts that password in its place, so"
                                        + " that the next start is not locked again.")
                        .option(
                                "--password-file",
                                "FILE",
                                "read the password from a file that only you may read, or from"
                                        + " standard input (-)")
                        .flag("--store", "store the password where the next start finds it")
                        .json()
                        .example("keys:unlock --store"));
        this.access = access;
        this.view = view;
    }

    @Override
    protected void run(Invocation call) throws Refused, KeyException {
        boolean open = view.status().unlocked();
        if (!call.has("--password-file") && (open || opensByItself(call))) {
            report(call, false, open ? "it was unlocked already" : "with what its protector found");
            return;
        }
        try (Secret password = call.secret("Service-account password: ", "--password-file")) {
            access.unlock(Actor.ofThisProcess(), Optional.of(password));
            if (call.has("--store")) {
                var adoption = access.changePassword(Actor.ofThisProcess(), password);
                report(call, adoption.stored(), adoption.text());
            } else {
                report(call, false, view.status().text());
            }
        }
    }

    private boolean opensByItself(Invocation call) throws KeyException {
        try {
            access.unlock(Actor.ofThisProcess(), Optional.empty());
            return true;
        } catch (KeyException e) {
            if (!ASK.contains(e.kind())) {
                throw e;
            }
            call.remark(e.getMessage());
            return false;
        }
    }

    private void report(Invocation call, boolean stored, String note) {
        String id = view.status().keySetId();
        call.print(
                new Report(id, view.status().unlocked(), stored, note),
                "Key set " + id + " is unlocked (" + note + ").");
    }
}
