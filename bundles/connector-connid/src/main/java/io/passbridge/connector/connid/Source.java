/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.connector.AccountSource;
import io.passbridge.connector.ChangePage;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.UnusableReport;
import io.passbridge.connector.Watermark;
import io.passbridge.credential.Account;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.identityconnectors.framework.common.objects.ConnectorObject;

/**
 * Users of a system that ConnId can search, but whose changes it does not tell in a way that all
 * connectors share: each run searches for everybody and gives those who are not as they were told.
 */
final class Source implements PasswordSource, AccountSource, AutoCloseable {
    private static final int MOST_FOUND = 10;

    private final Sessions sessions;
    private final Settings settings;
    private final People people;
    private final Path file;
    private final Clock clock;
    private Told told;

    /** What is being told, or null; ends with its last page. */
    private Run run;

    private int page;

    /**
     * @param file keeps what was told
     */
    Source(Sessions sessions, Settings settings, People people, Path file, Clock clock)
            throws IOException {
        this.sessions = sessions;
        this.settings = settings;
        this.people = people;
        this.file = file;
        this.clock = clock;
        told = Told.read(file);
    }

    /** What a search finds is how it is now. */
    @Override
    public boolean mayLag() {
        return false;
    }

    @Override
    public synchronized ChangePage changes(Watermark after, int limit) throws ConnectorException {
        Position position = Position.of(after);
        boolean goesOn = run != null && position.run() == run.number() && position.page() == page;
        UnusableReport unusable = UnusableReport.NONE;
        if (!goesOn) {
            search(position);
            unusable = new UnusableReport(true, run.unusable());
        }
        long expected = !goesOn && after.isBeginning() ? run.changes().size() : -1;
        List<CredentialChange> changes = new ArrayList<>();
        while (changes.size() < limit && !run.changes().isEmpty()) {
            changes.add(run.changes().poll());
        }
        boolean more = !run.changes().isEmpty();
        page = more ? page + 1 : 0;
        Position next =
                more
                        ? new Position(position.base(), run.number(), page)
                        : Position.ended(run.number());
        if (!more) {
            keep(changes);
        }
        return new ChangePage(changes, unusable, next.watermark(), more, !more, expected);
    }

    private void search(Position position) throws ConnectorException {
        close();
        long last = Math.max(told.run(), Math.max(position.base(), position.run()));
        Run fresh =
                new Run(Math.max(last + 1, clock.millis()), people, told.users(), position.base());
        try (Session session = sessions.open()) {
            session.test();
            session.all(fresh::take);
            fresh.refuseNobody();
        } catch (ConnectorException | RuntimeException e) {
            fresh.close();
            throw e;
        }
        fresh.complete(clock.instant());
        run = fresh;
        page = 0;
    }

    private void keep(List<CredentialChange> changes) throws ConnectorException {
        try {
            told = run.told();
            told.write(file);
        } catch (IOException e) {
            changes.forEach(CredentialChange::close);
            throw new ConnectorException(
                    Kind.UNREACHABLE, "what was told cannot be written down: " + e, e);
        } finally {
            run = null;
        }
    }

    @Override
    public synchronized List<CredentialChange> read(Collection<SourceAnchor> anchors)
            throws ConnectorException {
        Map<String, List<ConnectorObject>> found = present(anchors);
        List<CredentialChange> changes = new ArrayList<>();
        for (SourceAnchor anchor : anchors) {
            Optional<ConnectorObject> entry =
                    found.getOrDefault(anchor.value(), List.of()).stream()
                            .filter(one -> people.trouble(one).isEmpty())
                            .findFirst();
            changes.add(
                    entry.map(people::change)
                            .orElseGet(() -> Run.gone(anchor, version(anchor), clock.instant())));
        }
        return changes;
    }

    private ChangeVersion version(SourceAnchor anchor) {
        Told.User user = told.users().get(anchor);
        return user == null ? ChangeVersion.NONE : user.version();
    }

    private Map<String, List<ConnectorObject>> present(Collection<SourceAnchor> anchors)
            throws ConnectorException {
        try (Session session = sessions.open()) {
            return session.with(
                    settings.anchorFrom(), anchors.stream().map(SourceAnchor::value).toList());
        }
    }

    @Override
    public List<Account> accounts(Collection<SourceAnchor> anchors) throws ConnectorException {
        return present(anchors).values().stream()
                .map(entries -> entries.get(0))
                .filter(entry -> people.trouble(entry).isEmpty())
                .map(people::account)
                .toList();
    }

    @Override
    public List<Account> find(String name) throws ConnectorException {
        List<ConnectorObject> entries = new ArrayList<>();
        try (Session session = sessions.open()) {
            for (String attribute : List.of(settings.loginFrom(), settings.anchorFrom())) {
                session.with(attribute, List.of(name)).values().forEach(entries::addAll);
            }
        }
        return entries.stream()
                .filter(entry -> people.trouble(entry).isEmpty())
                .map(people::account)
                .distinct()
                .limit(MOST_FOUND)
                .toList();
    }

    @Override
    public synchronized void close() {
        if (run != null) {
            run.close();
            run = null;
        }
    }
}
