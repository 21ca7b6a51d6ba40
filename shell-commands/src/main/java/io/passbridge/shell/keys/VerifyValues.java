/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.event.Actor;
import io.passbridge.health.Finding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.SealedValues;
import io.passbridge.keys.SealedValues.Check;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.PartlyDone;
import io.passbridge.shell.kit.Progress;
import io.passbridge.shell.kit.Table;
import io.passbridge.shell.kit.Usage;
import java.util.List;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code keys:verify}: opens every stored value. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "verify")
public final class VerifyValues extends Command {
    private static final Table<Check> TABLE =
            Table.of(Check.class, "No value is stored.")
                    .column("OWNER", Check::owner)
                    .number("VALUES", Check::values)
                    .number("OPEN", Check::opened);

    private final SealedValues values;

    @Activate
    public VerifyValues(@Reference SealedValues values) {
        super(
                Usage.of("keys:verify", "open every stored value and keep none")
                        .details("Ends with status 3 if a value does not open, and names it.")
                        .json()
                        .example("keys:verify"));
        this.values = values;
    }

    @Override
    protected void run(Invocation call) throws PartlyDone, KeyException {
        List<Check> checks;
        try (Progress progress = call.progress("verify")) {
            checks =
                    values.verify(
                            Actor.ofThisProcess(),
                            (done, total) -> {
                                progress.total(total);
                                progress.done(done);
                            });
        }
        call.print(checks, TABLE);
        checks.forEach(
                check -> check.troubles().forEach(t -> call.remark(t.value() + ": " + t.text())));
        long closed = checks.stream().mapToLong(check -> check.values() - check.opened()).sum();
        if (closed > 0) {
            throw new PartlyDone(
                    Finding.count(closed, "stored value does", "stored values do") + " not open");
        }
    }
}
