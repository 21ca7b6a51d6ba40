/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.sync;

import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.PartlyDone;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Table;
import io.passbridge.shell.kit.Usage;
import io.passbridge.sync.Explanation;
import io.passbridge.sync.Gate;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.Synchronization;
import java.util.List;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code sync:explain}: every gate on a user's way, and the one that stopped it. */
@Component(service = Command.class)
@GogoCommand(scope = "sync", function = "explain")
public final class ExplainUser extends Command {
    private static final Table<Row> TABLE =
            Table.of(Row.class, "No route leads this user anywhere.")
                    .column("ROUTE", Row::route)
                    .minor("USER", Row::user)
                    .column("GATE", Row::gate)
                    .column("VERDICT", Row::verdict)
                    .column("WHY", Row::why);

    private final Synchronization synchronization;

    /** One gate of one user on one route. */
    record Row(String route, String user, String gate, Gate.Verdict verdict, String why) {}

    @Activate
    public ExplainUser(@Reference Synchronization synchronization) {
        super(
                Usage.of("sync:explain", "show every gate on a user's way, and which stopped it")
                        .details(
                                "Ends with 2 if the user is in step on none of the routes, with 3"
                                        + " if on some of them only.")
                        .argument("USER", "a login name, an alias or a source anchor")
                        .option(
                                "--route",
                                "ROUTE",
                                "only this route",
                                () -> Routes.names(synchronization))
                        .json()
                        .example("sync:explain anna"));
        this.synchronization = synchronization;
    }

    @Override
    protected void run(Invocation call)
            throws Refused, PartlyDone, SyncException, InterruptedException {
        List<Explanation> explanations =
                synchronization.explain(call.argument(0), call.option("--route").orElse(""));
        List<Row> rows =
                explanations.stream()
                        .flatMap(
                                e ->
                                        e.gates().stream()
                                                .map(
                                                        g ->
                                                                new Row(
                                                                        e.route(),
                                                                        e.user(),
                                                                        g.name(),
                                                                        g.verdict(),
                                                                        g.text())))
                        .toList();
        call.print(rows, TABLE);
        for (Explanation explanation : explanations) {
            call.remark(
                    "%s on route %s: %s"
                            .formatted(
                                    explanation.user(),
                                    explanation.route(),
                                    explanation.summary()));
        }
        conclude(explanations);
    }

    private static void conclude(List<Explanation> explanations) throws Refused, PartlyDone {
        List<Explanation> stopped =
                explanations.stream().filter(e -> e.stoppedBy().isPresent()).toList();
        if (stopped.isEmpty()) {
            return;
        }
        String text =
                "%s is not in step on route %s"
                        .formatted(stopped.get(0).user(), stopped.get(0).route());
        if (stopped.size() < explanations.size()) {
            throw new PartlyDone(text);
        }
        throw new Refused(text);
    }
}
