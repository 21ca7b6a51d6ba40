/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.credential.Secret;
import io.passbridge.event.Actor;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyRecovery;
import io.passbridge.keys.KeyRecovery.ActivationPlan;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.CommandFailure;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Sheet;
import io.passbridge.shell.kit.Usage;
import java.nio.file.Path;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code keys:activate}: puts the key set of an export on this server. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "activate")
public final class ActivateKeys extends Command {
    private static final Sheet<ActivationPlan> SHEET =
            Sheet.of(ActivationPlan.class)
                    .line("key set", plan -> plan.export().keySetId())
                    .line("exported", plan -> plan.export().exported())
                    .line("replaces", plan -> plan.present().isEmpty() ? "none" : plan.present())
                    .line(
                            "stored values",
                            plan -> plan.opening() + " of " + plan.values() + " open")
                    .line(
                            "other server",
                            plan ->
                                    plan.leaseHolder().isEmpty()
                                            ? "none active"
                                            : plan.leaseHolder());

    private final KeyRecovery recovery;

    @Activate
    public ActivateKeys(@Reference KeyRecovery recovery) {
        super(
                ExportPassword.options(
                                Usage.of(
                                        "keys:activate",
                                        "put the key set of an export on this server"))
                        .details(
                                "For a server that shares or restored the store, and for one whose"
                                    + " key set is lost or locked. Another server that is active on"
                                    + " the same store is fenced out: stop it for good.")
                        .dangerous()
                        .argument("FILE", "the export")
                        .json()
                        .example("keys:activate /media/safe/passbridge-keys.pbks --dry-run"));
        this.recovery = recovery;
    }

    @Override
    protected void run(Invocation call) throws CommandFailure, KeyException {
        Path file = call.resolve(call.argument(0));
        try (Secret password = ExportPassword.of(call, recovery, file)) {
            activate(call, recovery, file, password, Asks.IF_OBJECTIONS);
        }
    }

    /** When the person is asked. */
    enum Asks {
        /** If something speaks against it. */
        IF_OBJECTIONS,
        /** Each time: another server may be active without holding the lease just now. */
        ALWAYS,
        /** Not if the only objection is another server; and nothing is shown. */
        NOTHING
    }

    /** Shows the plan, asks, and does it. */
    static void activate(
            Invocation call, KeyRecovery recovery, Path file, Secret password, Asks asks)
            throws CommandFailure, KeyException {
        boolean quiet = asks == Asks.NOTHING;
        ActivationPlan plan = recovery.plan(file, password);
        boolean anyway = !plan.objections().isEmpty();
        boolean expected = quiet && plan.objections().size() == 1 && !plan.leaseHolder().isEmpty();
        if (!quiet && (!call.json() || call.dryRun())) {
            call.print(plan, SHEET);
        }
        if (!expected) {
            plan.objections().forEach(o -> call.remark("Attention: " + o + "."));
        }
        if (call.dryRun()) {
            return;
        }
        if (anyway && !expected) {
            call.confirm(
                    "The key set is put on this server although there are objections.",
                    plan.export().keySetId(),
                    "keys:activate FILE --yes does it without asking");
        } else if (asks == Asks.ALWAYS) {
            call.confirm(
                    "Two servers that are active on one store damage it: make sure that no other"
                            + " one is.",
                    plan.export().keySetId(),
                    "/q or --yes does it without asking");
        }
        ActivationPlan done = recovery.activate(Actor.ofThisProcess(), file, password, anyway);
        if (!quiet) {
            call.print(
                    done,
                    "Key set "
                            + done.export().keySetId()
                            + " is active on this server and unlocked; "
                            + done.opening()
                            + " of "
                            + done.values()
                            + " stored values open.");
        }
    }
}
