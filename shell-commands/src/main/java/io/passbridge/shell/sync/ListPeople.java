/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.sync;

import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Misuse;
import io.passbridge.shell.kit.Refused;
import io.passbridge.shell.kit.Table;
import io.passbridge.shell.kit.Usage;
import io.passbridge.store.Standing;
import io.passbridge.store.StoreException;
import io.passbridge.store.SyncState.PeoplePage;
import io.passbridge.store.SyncState.Person;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.Synchronization;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code sync:people}: who is not in step on a route, and why. */
@Component(service = Command.class)
@GogoCommand(scope = "sync", function = "people")
public final class ListPeople extends Command {
    private static final Table<Row> TABLE =
            Table.of(Row.class, "Nobody stands so.")
                    .column("USER", Row::user)
                    .column("STANDING", Row::standing)
                    .minor("PLACE", Row::place)
                    .minor("ANCHOR", Row::anchor)
                    .column("REASON", Row::reason);

    private static final int PAGE = 1_000;

    /** The source is asked once. */
    private static final int NAMED = 1_000;

    private final Synchronization synchronization;

    /** One person. */
    record Row(String user, Standing standing, String reason, String place, String anchor) {
        static Row of(Person person, Standing standing) {
            // somebody unusable has none, and goes by the name
            String anchor = standing == Standing.UNUSABLE ? "" : person.user();
            return new Row(person.user(), standing, person.reason(), person.place(), anchor);
        }

        Row named(Map<String, String> names) {
            return new Row(names.getOrDefault(anchor, user), standing, reason, place, anchor);
        }
    }

    @Activate
    public ListPeople(@Reference Synchronization synchronization) {
        super(
                Usage.of("sync:people", "list who is not in step on a route, and why")
                        .details(
                                "Lists those who wait, are refused or are unusable, unless options"
                                        + " say whom, up to 1,000 at once by their names, which"
                                        + " the source is asked for, and more by their anchors."
                                        + " sync:explain says more about one of them.")
                        .optional(
                                "ROUTE",
                                "the route; needed if there are several",
                                () -> Routes.names(synchronization))
                        .flag("--waiting", "those in the retry queue")
                        .flag("--refused", "those whose password is not sent or not taken")
                        .flag("--unusable", "what the source could not make a user of")
                        .flag("--outside", "those whom the route or the source leaves out")
                        .option("--skip", "COUNT", "leave so many out at the beginning")
                        .option("--limit", "COUNT", "at most so many; 100 if not given")
                        .lists()
                        .example("sync:people corp_cloud --refused")
                        .example("sync:people corp_cloud --skip 100 --json"));
        this.synchronization = synchronization;
    }

    @Override
    protected void run(Invocation call)
            throws Misuse, Refused, SyncException, StoreException, InterruptedException {
        String route = Routes.one(synchronization, call);
        long skip = call.number("--skip", 0, 0, Integer.MAX_VALUE);
        int limit = (int) call.number("--limit", 100, 1, 100_000);
        List<Row> rows = new ArrayList<>();
        for (Standing standing : asked(call)) {
            String after = "";
            do {
                PeoplePage page = synchronization.people(route, standing, after, PAGE);
                for (Person person : page.people()) {
                    if (skip > 0) {
                        skip--;
                    } else if (rows.size() <= limit) {
                        rows.add(Row.of(person, standing));
                    }
                }
                after = page.next();
            } while (!after.isEmpty() && rows.size() <= limit);
        }
        boolean more = rows.size() > limit;
        call.print(named(route, more ? rows.subList(0, limit) : rows), TABLE);
        if (more) {
            call.remark(
                    "There are more: --skip %d goes on."
                            .formatted(call.number("--skip", 0, 0, Integer.MAX_VALUE) + limit));
        }
    }

    private List<Row> named(String route, List<Row> rows)
            throws SyncException, InterruptedException {
        List<String> anchors = rows.stream().map(Row::anchor).filter(a -> !a.isEmpty()).toList();
        if (anchors.isEmpty() || anchors.size() > NAMED) {
            return rows;
        }
        Map<String, String> names = synchronization.names(route, anchors);
        return rows.stream().map(row -> row.named(names)).toList();
    }

    private static List<Standing> asked(Invocation call) {
        List<Standing> asked =
                Stream.of(Standing.WAITING, Standing.REFUSED, Standing.UNUSABLE, Standing.OUTSIDE)
                        .filter(s -> call.has("--" + s.name().toLowerCase(Locale.ROOT)))
                        .toList();
        return asked.isEmpty()
                ? Stream.of(Standing.values()).filter(Standing::leftOut).toList()
                : asked;
    }
}
