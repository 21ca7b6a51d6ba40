/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.UnusableItem;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.identityconnectors.framework.common.objects.ConnectorObject;

/** One search for everybody, compared with how they were before. */
final class Run implements AutoCloseable {
    /** Runs are numbered by milliseconds; this long it is known who is gone. */
    private static final long GONE_KEPT = Duration.ofDays(90).toMillis();

    private final long number;
    private final People people;
    private final Map<SourceAnchor, Told.User> before;
    private final long base;
    private final Map<SourceAnchor, Told.User> found = new HashMap<>();
    private final Deque<CredentialChange> changes = new ArrayDeque<>();
    private final List<UnusableItem> unusable = new ArrayList<>();

    /**
     * @param before how everybody was
     * @param base the run up to which the caller knows; 0 to be told of everybody who is there
     */
    Run(long number, People people, Map<SourceAnchor, Told.User> before, long base) {
        this.number = number;
        this.people = people;
        this.before = before;
        this.base = base;
    }

    long number() {
        return number;
    }

    void take(ConnectorObject entry) {
        Optional<UnusableItem> trouble = people.trouble(entry);
        if (trouble.isPresent()) {
            unusable.add(trouble.get());
            // not usable, but not gone either
            trouble.get()
                    .anchor()
                    .filter(anchor -> before.containsKey(anchor) && !before.get(anchor).gone())
                    .ifPresent(anchor -> found.putIfAbsent(anchor, before.get(anchor)));
            return;
        }
        CredentialChange change = people.change(entry);
        long print = people.print(change.account().orElseThrow());
        Told.User known = before.get(change.anchor());
        Told.User user =
                known == null
                        ? new Told.User(change.version(), print, number, false)
                        : known.then(change.version(), print, number);
        if (found.putIfAbsent(change.anchor(), user) != null) {
            change.close();
            unusable.add(people.twin(entry));
        } else if (user.since() > base) {
            changes.add(change);
        } else {
            change.close();
        }
    }

    /** Some connectors find nobody where they could not look: a folder that is not there. */
    void refuseNobody() throws ConnectorException {
        if (found.isEmpty() && unusable.isEmpty()) {
            throw new ConnectorException(
                    Kind.UNREACHABLE,
                    "the search found nobody, which is not believed; check where it looks");
        }
    }

    /** Everybody has come: who did not is gone. */
    void complete(Instant now) {
        before.forEach(
                (anchor, user) -> {
                    Told.User missed = user.missed(number);
                    if (!found.containsKey(anchor) && missed.since() > number - GONE_KEPT) {
                        found.put(anchor, missed);
                        if (base > 0 && missed.since() > base) {
                            changes.add(gone(anchor, user.version(), now));
                        }
                    }
                });
    }

    /** A user who is no more. */
    static CredentialChange gone(SourceAnchor anchor, ChangeVersion last, Instant now) {
        boolean known = !last.equals(ChangeVersion.NONE) && last.time() < Long.MAX_VALUE;
        return new CredentialChange(
                anchor,
                known ? new ChangeVersion(last.sequence(), last.time() + 1) : last,
                now,
                AccountState.of(Flag.DELETED),
                Optional.empty(),
                Optional.empty());
    }

    Deque<CredentialChange> changes() {
        return changes;
    }

    List<UnusableItem> unusable() {
        return unusable;
    }

    Told told() {
        return new Told(number, found);
    }

    @Override
    public void close() {
        changes.forEach(CredentialChange::close);
        changes.clear();
    }
}
