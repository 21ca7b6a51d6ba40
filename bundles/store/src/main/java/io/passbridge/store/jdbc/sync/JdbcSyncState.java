/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.sync;

import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.Latencies;
import io.passbridge.store.Standing;
import io.passbridge.store.StoreException;
import io.passbridge.store.StoreException.Kind;
import io.passbridge.store.SyncState;
import io.passbridge.store.jdbc.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Sync state in tables. Every write first locks the row of the route's lease and compares the
 * fencing token: the writes of a route are in order, none of them comes from a server that was
 * fenced out, and what a write reads stays true until it commits, which keeps the counts exact.
 */
@Component(name = "io.passbridge.store.jdbc.JdbcSyncState", service = SyncState.class)
public final class JdbcSyncState implements SyncState {
    private final Database database;

    @Activate
    public JdbcSyncState(@Reference Database database) {
        this.database = database;
    }

    @Override
    public Optional<RoutePosition> position(String route) throws StoreException {
        return database.read(connection -> RouteTable.position(connection, route));
    }

    @Override
    public long commits(String route) throws StoreException {
        return database.read(connection -> RouteTable.commits(connection, route));
    }

    @Override
    public void commit(PageCommit page) throws StoreException {
        database.write(
                connection -> {
                    LeaseTable.require(connection, page.route(), page.fencingToken());
                    int route = RouteTable.findOrAdd(connection, page.route());
                    if (page.follows().isPresent()) {
                        follow(connection, route, page);
                    }
                    Map<Standing, Long> changes = UserTable.write(connection, route, page.users());
                    RouteTable.count(connection, route, changes);
                    queue(connection, route, page);
                    UnusableTable.mended(connection, route, settled(page));
                    UnusableTable.write(connection, route, page.unusable());
                    if (page.position().isPresent()) {
                        RouteTable.move(connection, route, page.position().get());
                    }
                    if (page.arrivals().isPresent()) {
                        PromptnessTable.add(connection, route, page.arrivals().get());
                    }
                    if (page.run().isPresent()) {
                        JdbcRunHistory.put(connection, page.run().get());
                    }
                    return null;
                });
    }

    /** A run that began on a store which had more must not leave out what that one knew. */
    private void follow(Connection connection, int route, PageCommit page)
            throws SQLException, StoreException {
        long expected = page.follows().getAsLong();
        if (!RouteTable.follow(connection, route, expected)) {
            throw new StoreException(
                    Kind.BEHIND,
                    "%s ends with commit %,d of route %s, and this run with %,d: it lacks what was"
                                    .formatted(
                                            database.name(),
                                            RouteTable.commits(connection, page.route()),
                                            page.route(),
                                            expected)
                            + " written last, as after the promotion of a standby that was behind;"
                            + " the run ends, and the next one begins where the store stands");
        }
    }

    private static List<SourceAnchor> settled(PageCommit page) {
        return Stream.concat(
                        page.users().stream().map(UserState::anchor),
                        page.retries().stream().map(Retry::anchor))
                .toList();
    }

    private static void queue(Connection connection, int route, PageCommit page)
            throws SQLException {
        long before = RouteTable.retries(connection, route);
        long after = before;
        if (before > 0) {
            after -= RetryTable.remove(connection, route, settled(page));
        }
        after += RetryTable.add(connection, route, page.retries());
        if (after != before) {
            RouteTable.setRetries(connection, route, after);
        }
    }

    @Override
    public Map<SourceAnchor, UserState> users(String route, Collection<SourceAnchor> anchors)
            throws StoreException {
        return database.read(
                connection -> {
                    OptionalInt id = RouteTable.find(connection, route);
                    return id.isEmpty()
                            ? Map.of()
                            : UserTable.read(connection, id.getAsInt(), anchors);
                });
    }

    @Override
    public List<Retry> dueRetries(String route, Instant now, int limit) throws StoreException {
        return database.read(
                connection -> {
                    OptionalInt id = RouteTable.find(connection, route);
                    return id.isEmpty()
                            ? List.of()
                            : RetryTable.due(connection, id.getAsInt(), now, limit);
                });
    }

    @Override
    public Set<SourceAnchor> queued(String route, Collection<SourceAnchor> anchors)
            throws StoreException {
        return database.read(
                connection -> {
                    OptionalInt id = RouteTable.find(connection, route);
                    return id.isEmpty() || anchors.isEmpty()
                            ? Set.of()
                            : RetryTable.queued(connection, id.getAsInt(), anchors);
                });
    }

    @Override
    public Optional<Retry> retry(String route, SourceAnchor anchor) throws StoreException {
        return database.read(
                connection -> {
                    OptionalInt id = RouteTable.find(connection, route);
                    return id.isEmpty()
                            ? Optional.empty()
                            : RetryTable.find(connection, id.getAsInt(), anchor);
                });
    }

    @Override
    public Counts counts(String route) throws StoreException {
        return people(route, PeopleQuery::counts, new Counts(Map.of()));
    }

    @Override
    public PeoplePage people(String route, Standing standing, String after, int limit)
            throws StoreException {
        return people(
                route,
                query -> query.people(standing, after, limit),
                new PeoplePage(List.of(), ""));
    }

    @Override
    public List<Person> unusable(String route, String user) throws StoreException {
        return people(route, query -> query.unusable(user), List.of());
    }

    @Override
    public Map<String, Long> reasons(String route, Standing standing, int limit)
            throws StoreException {
        return people(route, query -> query.reasons(standing, limit), Map.of());
    }

    private interface Question<T> {
        T of(PeopleQuery query) throws SQLException;
    }

    private <T> T people(String route, Question<T> question, T none) throws StoreException {
        return database.read(
                connection -> {
                    OptionalInt id = RouteTable.find(connection, route);
                    return id.isEmpty()
                            ? none
                            : question.of(
                                    new PeopleQuery(connection, database.engine(), id.getAsInt()));
                });
    }

    @Override
    public Latencies latencies(String route, Instant since) throws StoreException {
        return database.read(
                connection -> {
                    OptionalInt id = RouteTable.find(connection, route);
                    return id.isEmpty()
                            ? Latencies.NONE
                            : PromptnessTable.since(connection, id.getAsInt(), since);
                });
    }

    @Override
    public int retryNow(String route) throws StoreException {
        return database.write(
                connection -> {
                    LeaseTable.lockOrAdd(connection, route);
                    OptionalInt id = RouteTable.find(connection, route);
                    if (id.isEmpty()) {
                        return 0;
                    }
                    RetryTable.hurry(connection, id.getAsInt(), database.engine().now(connection));
                    return Math.toIntExact(RouteTable.retries(connection, id.getAsInt()));
                });
    }

    @Override
    public Optional<Pause> pause(String route) throws StoreException {
        return database.read(connection -> PauseColumns.read(connection, route));
    }

    @Override
    public void setPause(String route, Optional<Pause> pause) throws StoreException {
        database.write(
                connection -> {
                    LeaseTable.lockOrAdd(connection, route);
                    int id = RouteTable.findOrAdd(connection, route);
                    PauseColumns.write(connection, id, pause);
                    return null;
                });
    }

    @Override
    public void forget(String route) throws StoreException {
        database.write(
                connection -> {
                    LeaseTable.lockOrAdd(connection, route);
                    OptionalInt id = RouteTable.find(connection, route);
                    if (id.isPresent()) {
                        RouteTable.remove(connection, id.getAsInt());
                    }
                    return null;
                });
        ForgottenRoutes.clear(database);
    }
}
