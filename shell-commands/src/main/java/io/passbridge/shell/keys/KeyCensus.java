/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeySetView;
import io.passbridge.keys.SealedValues;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Table;
import io.passbridge.shell.kit.Usage;
import java.util.List;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code keys:census}: how many values are sealed under which key. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "census")
public final class KeyCensus extends Command {
    private static final Table<Row> TABLE =
            Table.of(Row.class, "No value is sealed. account:set NAME seals the first one.")
                    .column("OWNER", Row::owner)
                    .column("KEY SET", Row::keySet)
                    .number("KEY", Row::key)
                    .column("STATE", Row::state)
                    .number("VALUES", Row::values);

    private final SealedValues values;
    private final KeySetView view;

    record Row(String owner, String keySet, int key, String state, long values) {}

    @Activate
    public KeyCensus(@Reference SealedValues values, @Reference KeySetView view) {
        super(
                Usage.of("keys:census", "count the stored values under each key")
                        .details(
                                "Values of another key set do not open on this server;"
                                        + " keys:activate an export of that key set.")
                        .json()
                        .example("keys:census"));
        this.values = values;
        this.view = view;
    }

    @Override
    protected void run(Invocation call) throws KeyException {
        List<Row> rows = values.census().stream().map(this::row).toList();
        call.print(rows, TABLE);
    }

    private Row row(SealedValues.Count count) {
        String state;
        if (count.keySetId().isEmpty()) {
            state = "no sealed value";
        } else if (!count.keySetId().equals(view.status().keySetId())) {
            state = "another key set";
        } else {
            state =
                    view.keys().stream()
                            .filter(key -> key.id() == count.key())
                            .map(KeyNumbers::state)
                            .findFirst()
                            .orElse("unknown key");
        }
        return new Row(count.owner(), count.keySetId(), count.key(), state, count.values());
    }
}
