/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.health.Finding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.KeyStatus;
import io.passbridge.keys.act.KeyEvents;
import io.passbridge.keys.keeper.KeySetKeeper;
import io.passbridge.keys.keeper.KeySetState.Open;
import io.passbridge.keys.ring.KeySet;
import io.passbridge.store.KeySetMarks;
import io.passbridge.store.KeySetMarks.Mark;
import io.passbridge.store.ServerId;
import io.passbridge.store.StoreException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the key-set file is an older copy than the one that this server used last, which the
 * store remembers. A copy that lacks the key in use since is locked: what was sealed under that key
 * does not open, and the next new key would take its number. Any other is used, with a warning. The
 * state changes under the keeper's lock only.
 */
public final class GenerationWatch {
    private static final Logger LOG = LoggerFactory.getLogger(GenerationWatch.class);

    private final KeyEvents events;
    private final ServerId server;
    private final String file;
    private final long accepted;
    private volatile KeySetMarks marks;
    private volatile Optional<Finding> finding = Optional.empty();

    /**
     * @param file where the key set is, for messages
     * @param accepted a generation that the operator goes on with although it is an older one; 0
     *     for none
     */
    GenerationWatch(KeyEvents events, ServerId server, String file, long accepted) {
        this.events = events;
        this.server = server;
        this.file = file;
        this.accepted = accepted;
    }

    /** The store came. */
    void marks(KeySetMarks present, KeySetKeeper keeper) {
        marks = present;
        review(keeper);
    }

    /** The store went. */
    void noMarks(KeySetMarks gone) {
        if (marks == gone) {
            marks = null;
        }
    }

    /** An act has written the key set: from here it goes on. */
    void written(KeySet keySet) {
        finding = Optional.empty();
        KeySetMarks present = marks;
        if (present == null) {
            return; // remembered when the store comes
        }
        try {
            present.put(server.read(), mark(keySet));
        } catch (StoreException | IOException e) {
            LOG.warn(
                    "generation {} of the key set is not remembered: {}",
                    keySet.generation(),
                    e.getMessage());
        }
    }

    /** Compares the open key set with what is remembered, and locks it if it must not be used. */
    void review(KeySetKeeper keeper) {
        try {
            keeper.exclusively(
                    () -> {
                        if (marks != null && keeper.state() instanceof Open open) {
                            review(keeper, open.keySet());
                        }
                        return null;
                    });
        } catch (KeyException e) {
            LOG.warn("the age of the key-set file is not known: {}", e.getMessage());
        }
    }

    private void review(KeySetKeeper keeper, KeySet keySet) throws KeyException {
        Optional<Mark> last;
        try {
            last = marks.find(server.read(), keySet.id().toString());
        } catch (StoreException | IOException e) {
            throw new KeyException(Kind.IO, e.getMessage(), e);
        }
        if (last.isEmpty() || !lacks(keySet, last.get()) && !precedes(keySet, last.get())) {
            written(keySet);
            return;
        }
        if (keySet.generation() == accepted) {
            happened(keySet, last.get(), "acceptGeneration = " + accepted);
            written(keySet);
            return;
        }
        String text = text(keySet, last.get());
        happened(keySet, last.get(), text);
        if (lacks(keySet, last.get())) {
            keeper.close(new KeyException(Kind.OUTDATED, text));
            return;
        }
        finding =
                Optional.of(
                        Finding.warning(
                                "key-set file",
                                text,
                                "stop the platform and put the newest copy back; if there is none,"
                                        + " keys:passwd, and keys:destroy again what was destroyed:"
                                        + " the next act on the key set goes on from this copy"));
        LOG.warn("{}", text);
    }

    private static boolean precedes(KeySet keySet, Mark last) {
        return keySet.generation() < last.generation();
    }

    /** Keys are destroyed, but they never go. */
    private static boolean lacks(KeySet keySet, Mark last) {
        return keySet.key(last.primary())
                .filter(
                        key ->
                                key.status() == KeyStatus.DESTROYED
                                        || key.fingerprint().equals(last.fingerprint()))
                .isEmpty();
    }

    private String text(KeySet keySet, Mark last) {
        String both =
                file
                        + " is an older copy: it is of generation "
                        + keySet.generation()
                        + ", and this server last used generation "
                        + last.generation();
        return lacks(keySet, last)
                ? both
                        + " with primary key "
                        + last.primary()
                        + " ("
                        + last.fingerprint()
                        + "), which it lacks: what was sealed since does not open with it"
                : both + "; passwords changed and keys destroyed since may be back";
    }

    private void happened(KeySet keySet, Mark last, String what) {
        events.happened(
                EventType.KEY_SET_OUTDATED,
                "key set " + keySet.id(),
                Map.of(
                        Fact.GENERATION,
                        Long.toString(keySet.generation()),
                        Fact.LAST,
                        Long.toString(last.generation()),
                        Fact.PRIMARY,
                        last.primary() + " " + last.fingerprint(),
                        Fact.REASON,
                        what));
    }

    private static Mark mark(KeySet keySet) {
        return new Mark(
                keySet.id().toString(),
                keySet.generation(),
                keySet.primary().id(),
                keySet.primary().fingerprint());
    }

    /** What {@code doctor} says of an older copy that is in use. */
    public Optional<Finding> finding() {
        return finding;
    }
}
