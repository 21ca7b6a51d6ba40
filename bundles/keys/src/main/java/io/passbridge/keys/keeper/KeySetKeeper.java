/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keeper;

import io.passbridge.credential.Secret;
import io.passbridge.crypto.Cryptography;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.act.Act;
import io.passbridge.keys.act.KeyEvents;
import io.passbridge.keys.file.KeySetFile;
import io.passbridge.keys.file.Previous;
import io.passbridge.keys.file.ProtectedKeySet;
import io.passbridge.keys.keeper.KeySetState.Locked;
import io.passbridge.keys.keeper.KeySetState.Open;
import io.passbridge.keys.ring.KeySet;
import io.passbridge.keys.ring.Slot;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Holds the key set of this server: opens it, writes its next generation, closes it. Reading the
 * state takes no lock, so that sealing goes on while somebody administers.
 */
public final class KeySetKeeper {
    private final KeySetFile file;
    private final KeyEvents events;
    private final Consumer<KeySet> written;
    private final KeySetOpening opening;
    private final Beginning beginning;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile KeySetState state =
            new Locked(Optional.empty(), new KeyException(Kind.LOCKED, "the platform is starting"));

    /**
     * Makes a keeper, locked.
     *
     * @param firstProtector protects the first key set of this server
     * @param written told of each generation that an act has written
     */
    public KeySetKeeper(
            KeySetFile file,
            Protectors protectors,
            KeyEvents events,
            Cryptography cryptography,
            Clock clock,
            String firstProtector,
            Consumer<KeySet> written) {
        this(file, protectors, events, cryptography, clock, firstProtector, written, () -> {});
    }

    /**
     * Makes a keeper, locked.
     *
     * @param beginning asked before the first key set of this server is made
     */
    public KeySetKeeper(
            KeySetFile file,
            Protectors protectors,
            KeyEvents events,
            Cryptography cryptography,
            Clock clock,
            String firstProtector,
            Consumer<KeySet> written,
            Beginning beginning) {
        this.beginning = beginning;
        this.file = file;
        this.events = events;
        this.written = written;
        opening = new KeySetOpening(file, protectors, events, cryptography, clock, firstProtector);
    }

    /** Whether this server may begin with a key set of its own. */
    @FunctionalInterface
    public interface Beginning {
        /** Refuses if the key set that there was is merely out of reach. */
        void permit() throws KeyException;
    }

    /**
     * An act that was found to be possible.
     *
     * @param subject what it happens to
     * @param attributes facts for the journal
     * @param next the state that is to be written
     */
    public record Plan(String subject, Map<Fact, String> attributes, Open next) {}

    /** Plans an act; the given state stays as it is. */
    @FunctionalInterface
    public interface Planner {
        /** The plan, or why the act is refused. */
        Plan plan(Open now) throws KeyException;
    }

    /** The present state. */
    public KeySetState state() {
        return state;
    }

    /**
     * The present state if it is open.
     *
     * @throws KeyException with {@link Kind#LOCKED}
     */
    public Open open() throws KeyException {
        if (state instanceof Open open) {
            return open;
        }
        throw KeyException.because(Kind.LOCKED, "the key set is locked", ((Locked) state).reason());
    }

    /** The present time as the file can hold it. */
    public Instant now() {
        return opening.now();
    }

    /** As {@link io.passbridge.keys.ring.KeyRing#fingerprint}, by the module in use. */
    public String fingerprint(Secret key) {
        return opening.fingerprint(key);
    }

    /** Random bytes for a new key or root secret. */
    public Secret newKey() {
        return opening.newKey();
    }

    /**
     * Opens the key set, or makes the first one of this server.
     *
     * @param password given by hand, or empty
     * @throws KeyException with the reason, which is the reason of the locked state from now on
     */
    public void unlock(Optional<Secret> password) throws KeyException {
        lock.lock();
        try {
            if (state instanceof Open open) {
                if (password.isPresent()) {
                    opening.check(open.keySet(), password.get());
                }
                return;
            }
            Optional<KeySet> known = Optional.empty();
            try {
                Optional<ProtectedKeySet> found = file.load();
                known = found.map(ProtectedKeySet::keySet);
                opening.requireModule();
                if (found.isEmpty()) {
                    beginning.permit();
                }
                state =
                        found.isPresent()
                                ? opening.opened(found.get(), password)
                                : opening.first(password);
            } catch (KeyException e) {
                state = new Locked(known, e);
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether a password opens the key set; empty if that cannot be tried. */
    public Optional<Boolean> opensWith(Secret password) throws KeyException {
        return opening.opensWith(open().keySet(), password);
    }

    /** A key set with one new key under the protector that this server uses, not yet written. */
    public Open newKeySet() throws KeyException {
        return opening.newKeySet(state.known());
    }

    /** Protects a root secret with the protector that this server uses and what it finds. */
    public Slot ownSlot(UUID id, Secret root) throws KeyException {
        return opening.ownSlot(state.known(), id, root);
    }

    /**
     * Does one administrative act: journals it, writes the next generation, makes it the present
     * one.
     *
     * @param previous what becomes of the generation before
     */
    public Open change(EventType type, String actor, Previous previous, Planner planner)
            throws KeyException {
        lock.lock();
        try {
            Plan plan = planner.plan(open());
            Act act = events.begin(type, plan.subject(), actor, plan.attributes());
            try {
                Open stored = store(plan.next(), previous);
                act.done(stored.keySet().position());
                return stored;
            } catch (KeyException e) {
                act.failed(e);
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes the next generation and makes it the present one; only under {@link #exclusively}. */
    public Open store(Open next, Previous previous) throws KeyException {
        if (next.successor().isPresent()) {
            throw new KeyException(
                    Kind.NOT_ALLOWED,
                    "the key set is being abandoned; keys:abandon again to finish that");
        }
        KeySet generation = file.replace(next.keySet(), next.ring(), next.root(), previous);
        Open stored = next.with(generation, next.ring());
        state = stored;
        written.accept(generation);
        return stored;
    }

    /**
     * Puts another key set in the place of the present one, whatever that is; only under {@link
     * #exclusively}.
     */
    public Open install(Open other) throws KeyException {
        file.dropSuccessor();
        KeySet generation = file.replace(other.keySet(), other.ring(), other.root(), Previous.KEPT);
        KeySetState before = state;
        Open installed = other.with(generation, other.ring());
        state = installed;
        written.accept(generation);
        if (before instanceof Open open) {
            open.wipe();
        }
        return installed;
    }

    /** Writes a successor beside the present key set; only under {@link #exclusively}. */
    public Open prepare(Open successor) throws KeyException {
        Open numbered = successor.with(successor.keySet().next(), successor.ring());
        file.writeSuccessor(numbered.keySet(), numbered.ring(), numbered.root());
        if (state instanceof Open open) {
            state = open.with(numbered);
        }
        return numbered;
    }

    /** Puts the successor in the place of the present key set; only under {@link #exclusively}. */
    public void succeed(Open successor) throws KeyException {
        file.succeed();
        KeySetState before = state;
        state = successor;
        written.accept(successor.keySet());
        if (before instanceof Open open) {
            open.ring().wipe();
            open.root().close();
        }
    }

    /** The successor on disk of a key set that does not open itself. */
    public Optional<Open> successorOnDisk() throws KeyException {
        Optional<ProtectedKeySet> next = file.successor();
        return next.isEmpty() ? Optional.empty() : Optional.of(opening.successor(next.get()));
    }

    /** Something that takes several writes. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it. */
        T run() throws KeyException;
    }

    /** Runs while nobody else changes the key set. */
    public <T> T exclusively(Work<T> work) throws KeyException {
        lock.lock();
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }

    /** Takes the keys out of memory. */
    public void close(KeyException reason) {
        lock.lock();
        try {
            if (state instanceof Open open) {
                state = new Locked(Optional.of(open.keySet()), reason);
                open.wipe();
            }
        } finally {
            lock.unlock();
        }
    }
}
