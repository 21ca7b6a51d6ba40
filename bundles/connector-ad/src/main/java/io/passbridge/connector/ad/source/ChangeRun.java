/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.UnreadUser;
import io.passbridge.connector.UnusableReport;
import io.passbridge.connector.ad.replication.DirectoryAttribute;
import io.passbridge.connector.ad.replication.Hashes;
import io.passbridge.connector.ad.replication.ReplicaObject;
import io.passbridge.connector.ad.replication.ReplicaPage;
import io.passbridge.connector.ad.replication.ReplicationCursor;
import io.passbridge.connector.ad.replication.ReplicationException;
import io.passbridge.connector.ad.replication.ReplicationException.Kind;
import io.passbridge.credential.CredentialChange;
import io.passbridge.health.Finding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * One run over the changes since a complete cursor, on one controller. In a full run every object
 * comes with all asked attributes and is used as it comes. In a delta an object comes with what
 * changed alone, so each one is read again as a whole: hash, state and version then are of one
 * moment. Restarted from the beginning if it breaks off.
 */
final class ChangeRun implements AutoCloseable {
    private static final int REPLICATION_PAGE = 1000;

    /** So many in a row, and it is not the users that are at fault but the controller. */
    private static final int MAX_UNREADABLE_IN_A_ROW = 20;

    private final Controller controller;
    private final String namingContext;
    private final Scope scope;
    private final UserReading reading;
    private final AdWatermark from;
    private final long number;
    private final long now;
    private final boolean full;

    private final Deque<CredentialChange> ready = new ArrayDeque<>();
    private final Set<UUID> toRead = new LinkedHashSet<>();
    private final List<UnreadUser> unread = new ArrayList<>();
    private int unreadableInARow;
    private ReplicationCursor cursor;
    private boolean moreToReplicate = true;
    private int pages;

    ChangeRun(
            long number,
            AdWatermark from,
            Controller controller,
            AdSettings settings,
            ConnectorContext context)
            throws ConnectorException {
        this.number = number;
        this.from = from;
        this.controller = controller;
        this.namingContext = settings.namingContext();
        this.full = from.cursor().isEmpty();
        this.cursor = from.cursor().orElse(ReplicationCursor.START);
        this.now = FileTime.of(context.clock().instant());
        DomainDirectory directory = controller.directory();
        this.scope =
                Scope.locate(settings, directory, context.dataFolder().resolve("scope.properties"));
        long maxPasswordAge = directory.maxPasswordAge();
        this.reading = new UserReading(scope, new UserStates(maxPasswordAge), now);
        if (!full) {
            toRead.addAll(directory.expiredBetween(from.lookedAt(), now, maxPasswordAge));
        }
    }

    Controller controller() {
        return controller;
    }

    /** Whether the position is where this run stands. */
    boolean standsAt(AdWatermark position) {
        return position.run() == number && position.page() == pages;
    }

    ChangePage next(int limit) throws ConnectorException, ReplicationException {
        List<CredentialChange> changes = new ArrayList<>();
        try {
            while (changes.size() < limit && fill(limit - changes.size())) {
                while (changes.size() < limit && !ready.isEmpty()) {
                    changes.add(ready.poll());
                }
            }
        } catch (ConnectorException | ReplicationException | RuntimeException e) {
            changes.forEach(CredentialChange::close);
            throw e;
        }
        pages++;
        boolean more = moreToReplicate || !toRead.isEmpty() || !ready.isEmpty();
        AdWatermark position =
                more
                        ? from.within(number, pages)
                        : new AdWatermark(java.util.Optional.of(cursor), now, 0, 0);
        UnusableReport report = new UnusableReport(false, List.of(), unread);
        unread.clear();
        return new ChangePage(changes, report, position.toWatermark(), more, !more, -1);
    }

    /** Makes changes ready; false when there are none left. */
    private boolean fill(int wanted) throws ConnectorException, ReplicationException {
        while (ready.isEmpty() && unread.size() < wanted) {
            if (!toRead.isEmpty()) {
                readAgain(wanted);
            } else if (moreToReplicate) {
                replicate();
            } else {
                return false;
            }
        }
        return !ready.isEmpty();
    }

    private void replicate() throws ConnectorException, ReplicationException {
        try (ReplicaPage page =
                controller
                        .replication()
                        .replicate(
                                namingContext,
                                cursor,
                                REPLICATION_PAGE,
                                full ? Hashes.OPENED : Hashes.SEALED)) {
            for (ReplicaObject object : page.objects()) {
                if (full) {
                    useOrReadAgain(object);
                } else if (object.sid().isPresent()) {
                    toRead.add(object.guid());
                } else if (isMovedContainer(object)) {
                    toRead.addAll(controller.directory().usersBelow(object.guid()));
                }
            }
            cursor = page.next();
            moreToReplicate = page.more();
        }
    }

    private void useOrReadAgain(ReplicaObject object) {
        try {
            reading.ofFullRun(object).ifPresent(ready::add);
        } catch (UnreadableUserException e) {
            toRead.add(object.guid());
        }
    }

    /**
     * Renaming or moving a container changes the names of all below it, and none of them is sent.
     */
    private static boolean isMovedContainer(ReplicaObject object) {
        return !object.namingContextHead()
                && !object.deleted()
                && object.carries(DirectoryAttribute.NAME);
    }

    private void readAgain(int wanted) throws ConnectorException, ReplicationException {
        List<UUID> batch = toRead.stream().limit(wanted).toList();
        for (UUID guid : batch) {
            try {
                reading.read(controller.replication(), guid).ifPresent(ready::add);
                unreadableInARow = 0;
            } catch (UnreadableUserException e) {
                owe(e.user());
            }
            toRead.remove(guid);
        }
    }

    private void owe(UnreadUser user) throws ReplicationException {
        if (++unreadableInARow > MAX_UNREADABLE_IN_A_ROW) {
            throw new ReplicationException(
                    Kind.PROTOCOL,
                    0,
                    Finding.count(unreadableInARow, "user", "users")
                            + " in a row cannot be read, lastly: "
                            + user.reason(),
                    "another controller is asked; connector:test says which ones can be read");
        }
        unread.add(user);
    }

    @Override
    public void close() {
        ready.forEach(CredentialChange::close);
        ready.clear();
    }
}
