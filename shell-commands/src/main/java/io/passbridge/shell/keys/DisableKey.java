/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.event.Actor;
import io.passbridge.health.Finding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeyLifeCycle;
import io.passbridge.keys.KeySetView;
import io.passbridge.keys.KeyStatus;
import io.passbridge.keys.SealedValues;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Misuse;
import io.passbridge.shell.kit.Refused;
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
    private final KeySetView view;
    private final SealedValues values;

    /** What disabling a key would do; -1 values if they cannot be counted now. */
    record Plan(int key, long values) {}

    @Activate
    public DisableKey(
            @Reference KeyLifeCycle keys,
            @Reference KeySetView view,
            @Reference SealedValues values) {
        super(
                Usage.of("keys:disable", "stop a key from opening values")
                        .details(
                                "Values under the key cannot be opened until keys:enable: the"
                                    + " connectors whose secrets they are stop working. Asks if"
                                    + " there are any; keys:rewrap moves them first. The primary"
                                    + " key cannot be disabled: promote another one first.")
                        .argument(
                                "KEY",
                                "its number",
                                () ->
                                        KeyNumbers.of(
                                                view, KeyStatus.PENDING, KeyStatus.DECRYPT_ONLY))
                        .dangerous()
                        .json()
                        .example("keys:disable 1 --dry-run"));
        this.keys = keys;
        this.view = view;
        this.values = values;
    }

    @Override
    protected void run(Invocation call) throws Misuse, Refused, KeyException {
        int id = KeyNumbers.parse(call.argument(0));
        Plan plan = plan(id);
        if (call.dryRun()) {
            call.print(plan, consequence(plan) + " Nothing was changed.");
            return;
        }
        if (plan.values() != 0) {
            call.confirm(consequence(plan), Integer.toString(id));
        }
        KeyInfo key = keys.disable(Actor.ofThisProcess(), id);
        call.print(
                key,
                "Key " + key.id() + " is " + KeyNumbers.state(key) + "; keys:enable undoes it.");
    }

    private Plan plan(int key) {
        try {
            String own = view.status().keySetId();
            return new Plan(
                    key,
                    values.census().stream()
                            .filter(row -> row.key() == key && row.keySetId().equals(own))
                            .mapToLong(SealedValues.Count::values)
                            .sum());
        } catch (KeyException e) {
            return new Plan(key, -1);
        }
    }

    private static String consequence(Plan plan) {
        if (plan.values() < 0) {
            return "Whether key "
                    + plan.key()
                    + " seals stored values cannot be told: the store is not running. Those it"
                    + " seals cannot be opened until keys:enable "
                    + plan.key()
                    + ".";
        }
        if (plan.values() == 0) {
            return "Key " + plan.key() + " seals no stored value.";
        }
        return "Key "
                + plan.key()
                + " seals "
                + Finding.count(plan.values(), "stored value, which", "stored values, which")
                + " cannot be opened until keys:enable "
                + plan.key()
                + ", and what signs in with it stops working; keys:rewrap moves it to the primary"
                + " key first.";
    }
}
