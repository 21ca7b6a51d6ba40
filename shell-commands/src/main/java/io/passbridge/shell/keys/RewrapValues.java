/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.event.Actor;
import io.passbridge.health.Finding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.SealedValues;
import io.passbridge.keys.SealedValues.Order;
import io.passbridge.keys.SealedValues.Rewrapped;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.CommandFailure;
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

/** {@code keys:rewrap}: re-encrypts the stored values under the primary key. */
@Component(service = Command.class)
@GogoCommand(scope = "keys", function = "rewrap")
public final class RewrapValues extends Command {
    private static final int MOST = 1_000_000;
    private static final Table<Rewrapped> TABLE =
            Table.of(Rewrapped.class, "No value is stored.")
                    .column("OWNER", Rewrapped::owner)
                    .number("VALUES", Rewrapped::values)
                    .number("CURRENT", Rewrapped::current)
                    .number("REWRAPPED", Rewrapped::rewrapped)
                    .number("CHANGED MEANWHILE", Rewrapped::changed)
                    .number("REFUSED", Rewrapped::refused);

    private final SealedValues values;

    @Activate
    public RewrapValues(@Reference SealedValues values) {
        super(
                Usage.of("keys:rewrap", "re-encrypt the stored values under the primary key")
                        .details(
                                "Without --batch all values of an owner are one transaction, which"
                                        + " takes about 2 KiB of memory a value. Cycles go on"
                                        + " meanwhile. After a crash, repeat the command: what is"
                                        + " done stays done.")
                        .option("--batch", "SIZE", "so many values in one transaction")
                        .option("--rate", "PER_SECOND", "at most so many values a second")
                        .flag("--dry-run", "count what would be re-encrypted and change nothing")
                        .json()
                        .example("keys:rewrap --batch 500 --rate 2000"));
        this.values = values;
    }

    @Override
    protected void run(Invocation call) throws CommandFailure, KeyException, InterruptedException {
        Order order =
                new Order(
                        (int) call.number("--batch", 0, 1, MOST),
                        call.dryRun(),
                        (int) call.number("--rate", 0, 1, MOST));
        rewrap(call, values, order, false);
    }

    /**
     * Does it and tells what became of it.
     *
     * @param quiet only of values that do not open
     */
    static void rewrap(Invocation call, SealedValues values, Order order, boolean quiet)
            throws CommandFailure, KeyException, InterruptedException {
        List<Rewrapped> reports;
        if (quiet) {
            reports = values.rewrap(Actor.ofThisProcess(), order, SealedValues.Progress.NONE);
        } else {
            try (Progress progress = call.progress("rewrap")) {
                reports =
                        values.rewrap(
                                Actor.ofThisProcess(),
                                order,
                                (done, total) -> {
                                    progress.total(total);
                                    progress.done(done);
                                });
            }
            call.print(reports, TABLE);
        }
        reports.forEach(
                report -> report.troubles().forEach(t -> call.remark(t.value() + ": " + t.text())));
        long refused = reports.stream().mapToLong(Rewrapped::refused).sum();
        long changed = reports.stream().mapToLong(Rewrapped::changed).sum();
        if (refused > 0) {
            throw new PartlyDone(
                    Finding.count(
                                    refused,
                                    "value does not open and stays as it is",
                                    "values do not open and stay as they are")
                            + "; see above for each");
        }
        if (changed > 0) {
            throw new PartlyDone(
                    Finding.count(changed, "value was", "values were")
                            + " changed meanwhile; repeat keys:rewrap");
        }
    }
}
