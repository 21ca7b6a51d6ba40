/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.sync;

import io.passbridge.event.Actor;
import io.passbridge.health.Finding;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Misuse;
import io.passbridge.shell.kit.PartlyDone;
import io.passbridge.shell.kit.Progress;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Table;
import io.passbridge.shell.kit.Usage;
import io.passbridge.store.Parity;
import io.passbridge.store.Proofs.Doubt;
import io.passbridge.store.StoreException;
import io.passbridge.sync.ParityReport;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.Synchronization;
import io.passbridge.sync.VerifyRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code sync:verify}: compares what a target holds with what its source holds. */
@Component(service = Command.class)
@GogoCommand(scope = "sync", function = "verify")
public final class VerifyRoute extends Command {
    private static final Table<Row> TABLE =
            Table.of(Row.class, "Nobody is in doubt.")
                    .column("USER", Row::user)
                    .column("PARITY", Row::parity)
                    .minor("ANCHOR", Row::anchor)
                    .column("REASON", Row::reason);

    private static final int PAGE = 1_000;
    private static final int SHOWN = 100;

    /** The source is asked once. */
    private static final int NAMED = 1_000;

    private final Synchronization synchronization;

    /** Somebody of whom it is not known that the target holds what the source holds. */
    record Row(String user, Parity parity, String reason, String anchor) {
        Row named(Map<String, String> names) {
            return new Row(names.getOrDefault(anchor, anchor), parity, reason, anchor);
        }
    }

    /** What was found, with the users by name. */
    record Found(
            String route,
            Instant begunAt,
            Instant endedAt,
            long inStep,
            long compared,
            Map<Parity, Long> parity,
            long mended,
            List<Row> users) {}

    @Activate
    public VerifyRoute(@Reference Synchronization synchronization) {
        super(
                Usage.of("sync:verify", "compare what the target holds with what the source holds")
                        .details(
                                "Makes the digest of each person's present password again, with"
                                        + " the salt of what the target holds, and says of"
                                        + " everybody in step whether it is the same. Neither"
                                        + " side's is shown. Nothing is written without"
                                        + " --repair. People whose password has just changed are"
                                        + " moving; of whom nothing can be proven it says why.")
                        .optional(
                                "ROUTE",
                                "the route; needed if there are several",
                                () -> Routes.names(synchronization))
                        .option("--sample", "COUNT", "only so many, chosen by chance")
                        .flag("--repair", "write again what is different or gone at the target")
                        .flag("--found", "show what was found before and compare nothing")
                        .json()
                        .example("sync:verify corp_cloud")
                        .example("sync:verify corp_cloud --sample 300")
                        .example("sync:verify corp_cloud --repair"));
        this.synchronization = synchronization;
    }

    @Override
    protected void run(Invocation call)
            throws Misuse, Refused, PartlyDone, SyncException, StoreException {
        String route = Routes.one(synchronization, call);
        int sample = (int) call.number("--sample", 0, 1, Integer.MAX_VALUE);
        try {
            if (call.has("--found")) {
                if (sample > 0 || call.has("--repair")) {
                    throw new Misuse("--found compares nothing; leave the others out");
                }
                call.print(found(route), TABLE);
                return;
            }
            ParityReport report = compare(call, route, sample);
            show(call, found(report));
            conclude(report);
        } catch (InterruptedException e) {
            throw new Refused("stopped; what was found so far is recorded", e);
        }
    }

    private ParityReport compare(Invocation call, String route, int sample)
            throws SyncException, InterruptedException {
        VerifyRequest request =
                new VerifyRequest(
                        sample > 0 ? OptionalInt.of(sample) : OptionalInt.empty(),
                        call.has("--repair"),
                        Actor.ofThisProcess());
        try (Progress bar = call.progress("route " + route)) {
            return synchronization.verify(
                    route,
                    request,
                    progress -> {
                        bar.total(progress.expected());
                        bar.done(progress.done());
                    });
        }
    }

    private List<Row> found(String route)
            throws SyncException, StoreException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        List<Doubt> page = List.of();
        do {
            String after = page.isEmpty() ? "" : page.get(page.size() - 1).anchor().value();
            page = synchronization.doubts(route, after, PAGE);
            page.forEach(
                    doubt -> rows.add(row(doubt.anchor().value(), doubt.parity(), doubt.reason())));
        } while (page.size() == PAGE && rows.size() < ParityReport.MOST);
        return named(route, rows);
    }

    private Found found(ParityReport report) throws SyncException, InterruptedException {
        List<Row> rows =
                report.doubts().stream()
                        .map(one -> row(one.anchor(), one.parity(), one.reason()))
                        .toList();
        return new Found(
                report.route(),
                report.begunAt(),
                report.endedAt(),
                report.inStep(),
                report.compared(),
                report.people(),
                report.mended(),
                named(report.route(), rows));
    }

    private static Row row(String anchor, Parity parity, String reason) {
        return new Row(anchor, parity, reason, anchor);
    }

    private List<Row> named(String route, List<Row> rows)
            throws SyncException, InterruptedException {
        if (rows.isEmpty() || rows.size() > NAMED) {
            return rows;
        }
        Map<String, String> names =
                synchronization.names(route, rows.stream().map(Row::anchor).toList());
        return rows.stream().map(row -> row.named(names)).toList();
    }

    private static void show(Invocation call, Found found) {
        call.print(found, sentence(found));
        if (call.json() || found.users().isEmpty()) {
            return;
        }
        call.print(found.users().subList(0, Math.min(SHOWN, found.users().size())), TABLE);
        if (found.users().size() > SHOWN) {
            call.remark("There are more; --json names up to " + ParityReport.MOST + ".");
        }
    }

    private static String sentence(Found found) {
        List<String> parts = new ArrayList<>();
        found.parity()
                .forEach(
                        (parity, number) -> {
                            if (number > 0) {
                                parts.add("%,d %s".formatted(number, words(parity)));
                            }
                        });
        String what =
                "%s of %,d in step compared"
                        .formatted(
                                Finding.count(found.compared(), "person", "people"),
                                found.inStep());
        String mended = found.mended() > 0 ? "; %,d mended".formatted(found.mended()) : "";
        return what + (parts.isEmpty() ? "" : ": " + String.join(", ", parts)) + mended + ".";
    }

    private static String words(Parity parity) {
        return switch (parity) {
            case SAME -> "the same";
            case BY_VERSION -> "the same by version";
            case DIFFERENT -> "different";
            case ABSENT -> "not at the target";
            case MOVING -> "moving";
            case UNKNOWN -> "unknown";
        };
    }

    private static void conclude(ParityReport report) throws PartlyDone {
        long left = report.of(Parity.DIFFERENT) + report.of(Parity.ABSENT);
        if (left > 0) {
            throw new PartlyDone(
                    Finding.count(left, "person is", "people are")
                            + " not at the target as at the source; --repair writes them again");
        }
        if (report.of(Parity.UNKNOWN) > 0) {
            throw new PartlyDone(
                    "of "
                            + Finding.count(report.of(Parity.UNKNOWN), "person", "people")
                            + " nothing could be proven");
        }
    }
}
