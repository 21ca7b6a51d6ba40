/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeySetView;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Table;
import io.passbridge.shell.kit.Usage;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code keys:list}: the keys, without their bytes. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "list")
public final class ListKeys extends Command {
    private static final Table<KeyInfo> TABLE =
            Table.of(KeyInfo.class, "There is no readable key set. keys:status says why.")
                    .number("KEY", KeyInfo::id)
                    .column("STATE", KeyNumbers::state)
                    .column("CREATED", KeyInfo::created)
                    .minor("CHANGED", KeyInfo::changed)
                    .column("ORIGIN", key -> key.imported() ? "imported" : "made here")
                    .column("FINGERPRINT", KeyInfo::fingerprint);

    private final KeySetView view;

    @Activate
    public ListKeys(@Reference KeySetView view) {
        super(
                Usage.of("keys:list", "list the keys of the key set")
                        .details(
                                "The fingerprint lets two copies of a key be compared; the key"
                                        + " cannot be computed from it.")
                        .lists()
                        .example("keys:list"));
        this.view = view;
    }

    @Override
    protected void run(Invocation call) {
        call.print(view.keys(), TABLE);
    }
}
