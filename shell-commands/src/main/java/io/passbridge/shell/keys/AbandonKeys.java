/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.event.Actor;
import io.passbridge.health.Finding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyRecovery;
import io.passbridge.keys.KeyRecovery.Abandonment;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.CommandFailure;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Misuse;
import io.passbridge.shell.kit.Usage;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code keys:abandon}: replaces a key set that is lost. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "abandon")
public final class AbandonKeys extends Command {
    private final KeyRecovery recovery;

    @Activate
    public AbandonKeys(@Reference KeyRecovery recovery) {
        super(
                Usage.of("keys:abandon", "make a new key set in place of a lost one")
                        .details(
                                "The very last resort: keys:unlock and keys:activate come first."
                                    + " Values that still open are sealed anew and go on working;"
                                    + " the others are lost, and their accounts need a new secret."
                                    + " Watermarks, routes and journal stay, so that"
                                    + " synchronisation continues where it was.")
                        .option(
                                "--key-set",
                                "ID",
                                "with --yes: the id of the key set that is abandoned, or"
                                        + " 'unreadable'")
                        .dangerous()
                        .json()
                        .example("keys:abandon --dry-run"));
        this.recovery = recovery;
    }

    @Override
    protected void run(Invocation call) throws CommandFailure, KeyException {
        abandon(call, recovery);
    }

    /** Says what will be lost, asks, does it, and says what comes next. */
    static void abandon(Invocation call, KeyRecovery recovery) throws CommandFailure, KeyException {
        Abandonment plan = recovery.planAbandonment();
        String word = plan.keySetId().isEmpty() ? "unreadable" : plan.keySetId();
        call.remark(
                "Abandoning key set "
                        + word
                        + ": "
                        + Finding.count(
                                plan.rescued().size(),
                                "stored value opens and is rescued, ",
                                "stored values open and are rescued, ")
                        + Finding.count(plan.lost().size(), "is lost.", "are lost."));
        plan.lost().forEach(lost -> call.remark("  lost: " + lost));
        if (plan.lost().isEmpty() && !plan.rescued().isEmpty()) {
            call.remark(
                    "Every value opens, so nothing has to be abandoned: keys:add and keys:rewrap"
                            + " change keys, keys:passwd the password.");
        }
        if (call.dryRun()) {
            call.print(plan, "Nothing was changed.");
            return;
        }
        if (call.has("--yes") && !call.option("--key-set").orElse("").equals(word)) {
            throw new Misuse("--yes needs --key-set " + word);
        }
        call.confirm(
                "The key set is replaced by a new one. There is no way back.",
                word,
                "keys:abandon --yes --key-set " + word + " does it without asking");
        Abandonment done = recovery.abandon(Actor.ofThisProcess(), plan.keySetId());
        call.print(done, "Key set " + done.successor() + " is in force.");
        for (String lost : done.lost()) {
            String name = lost.startsWith("connector ") ? lost.substring(10) : lost;
            call.remark(
                    "Next: account:set " + name + " (or account:reset " + name + " where it can)");
        }
        call.remark("Then export the new key set: keys:export FILE.");
    }
}
