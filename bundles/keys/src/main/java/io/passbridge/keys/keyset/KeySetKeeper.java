/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import io.passbridge.credential.Secret;
import io.passbridge.event.EventType;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeyStatus;
import io.passbridge.keys.Protector;
import io.passbridge.keys.file.KeySetFile;
import io.passbridge.keys.file.ProtectedKeySet;
import io.passbridge.keys.keyset.KeySetState.Locked;
import io.passbridge.keys.keyset.KeySetState.Open;
import io.passbridge.keys.sealed.CommittingCipher;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds the key set of this server: opens it, writes its next generation, closes it. Reading the
 * state takes no lock, so that sealing goes on while somebody administers.
 */
public final class KeySetKeeper {
    private final KeySetFile file;
    private final Protectors protectors;
    private final KeyEvents events;
    private final SecureRandom random;
    private final Clock clock;
    private final String firstProtector;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile KeySetState state =
            new Locked(Optional.empty(), new KeyException(Kind.LOCKED, "the platform is starting"));

    /**
     * Makes a keeper, locked.
     *
     * @param firstProtector protects the first key set of this server
     */
    public KeySetKeeper(
            KeySetFile file,
            Protectors protectors,
            KeyEvents events,
            SecureRandom random,
            Clock clock,
            String firstProtector) {
        this.file = file;
        this.protectors = protectors;
        this.events = events;
        this.random = random;
        this.clock = clock;
        this.firstProtector = firstProtector;
    }

    /**
     * An act that was found to be possible.
     *
     * @param subject what it happens to
     * @param attributes facts for the journal
     * @param next the state that is to be written
     */
    public record Plan(String subject, Map<String, String> attributes, Open next) {}

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
        throw new KeyException(
                Kind.LOCKED, "the key set is locked: " + ((Locked) state).reason().getMessage());
    }

    /** The present time as the file can hold it. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Random bytes for a new key or root secret. */
    public Secret newKey() {
        byte[] bytes = new byte[CommittingCipher.KEY];
        random.nextBytes(bytes);
        return Secret.owning(bytes);
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
                    root(open.keySet(), password).secret().close();
                }
                return;
            }
            Optional<KeySet> known = Optional.empty();
            try {
                Optional<ProtectedKeySet> found = file.load();
                known = found.map(ProtectedKeySet::keySet);
                state = found.isPresent() ? opened(found.get(), password) : first(password);
            } catch (KeyException e) {
                state = new Locked(known, e);
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    private Open opened(ProtectedKeySet found, Optional<Secret> password) throws KeyException {
        Root root = root(found.keySet(), password);
        try {
            KeyRing ring = found.open(root.secret());
            int own = password.isPresent() ? -1 : root.slot();
            Open open = settled(new Open(found.keySet(), ring, root.secret(), own));
            Optional<ProtectedKeySet> next = file.successor();
            return next.isEmpty() ? open : open.with(successor(next.get()));
        } catch (KeyException e) {
            root.secret().close();
            throw e;
        }
    }

    private Open successor(ProtectedKeySet next) throws KeyException {
        Secret root = root(next.keySet(), Optional.empty()).secret();
        return new Open(next.keySet(), next.open(root), root, 0);
    }

    /** Ends a password change that a kill or the operator's part of it left open. */
    private Open settled(Open open) throws KeyException {
        KeySet keySet = open.keySet();
        if (keySet.slots().size() == 1 || open.ownSlot() < 0) {
            return open;
        }
        Slot former = keySet.slots().get(1);
        if (open.ownSlot() == 1 && former.role() == Slot.Role.FORMER_AWAITED) {
            return open;
        }
        Slot remaining = keySet.slots().get(open.ownSlot()).as(Slot.Role.CURRENT);
        KeySet written =
                file.replace(keySet.withSlots(List.of(remaining)), open.ring(), open.root(), true);
        return new Open(written, open.ring(), open.root(), 0);
    }

    private record Root(Secret secret, int slot) {}

    /** Tries the one or two protections in order. */
    private Root root(KeySet keySet, Optional<Secret> password) throws KeyException {
        KeyException first = null;
        for (int i = 0; i < keySet.slots().size(); i++) {
            Slot slot = keySet.slots().get(i);
            try {
                Protector protector = protectors.require(slot.protector());
                return new Root(
                        protector.open(slot.protectedRoot(), keySet.id().toString(), password), i);
            } catch (KeyException e) {
                first = first == null ? e : first;
            }
        }
        throw first;
    }

    private Open first(Optional<Secret> password) throws KeyException {
        Protector protector = protectors.require(firstProtector);
        if (password.isPresent()) {
            Protector.Adoption adoption = protector.adopt(password.get());
            if (!adoption.stored()) {
                throw new KeyException(Kind.NO_PASSWORD, adoption.text());
            }
        } else {
            protector.provision();
        }
        Open made = newKeySet(protector);
        KeySet written = file.replace(made.keySet(), made.ring(), made.root(), false);
        events.happened(
                EventType.KEY_SET_CREATED,
                "key set " + written.id(),
                Map.of("protector", protector.name(), "file", file.describe()));
        return made.with(written, made.ring());
    }

    /** A key set with one new key under the protector that this server uses, not yet written. */
    public Open newKeySet() throws KeyException {
        Protector protector = ownProtector();
        protector.provision();
        return newKeySet(protector);
    }

    private Open newKeySet(Protector protector) throws KeyException {
        UUID id = UUID.randomUUID();
        Secret root = newKey();
        Secret key = newKey();
        Instant now = now();
        KeySet keySet =
                new KeySet(
                        id,
                        0,
                        now,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(slot(protector, id, root)),
                        List.of(
                                new KeyInfo(
                                        1,
                                        KeyStatus.PRIMARY,
                                        now,
                                        now,
                                        false,
                                        false,
                                        KeyRing.fingerprint(key))));
        return new Open(keySet, new KeyRing(Map.of(1, key)), root, 0);
    }

    private Protector ownProtector() throws KeyException {
        return protectors.require(
                state.known()
                        .map(keySet -> keySet.slots().get(0).protector())
                        .filter(name -> protectors.find(name).isPresent())
                        .orElse(firstProtector));
    }

    /** Protects a root secret with the protector that this server uses and what it finds. */
    public Slot ownSlot(UUID id, Secret root) throws KeyException {
        Protector protector = ownProtector();
        protector.provision();
        return slot(protector, id, root);
    }

    private static Slot slot(Protector protector, UUID id, Secret root) throws KeyException {
        byte[] protectedRoot = protector.protect(root, id.toString(), Optional.empty());
        checkOpens(protector, protectedRoot, id, Optional.empty(), root);
        return new Slot(protector.name(), Slot.Role.CURRENT, protectedRoot);
    }

    static void checkOpens(
            Protector protector,
            byte[] protectedRoot,
            UUID id,
            Optional<Secret> password,
            Secret root)
            throws KeyException {
        try (Secret again = protector.open(protectedRoot, id.toString(), password)) {
            if (!again.sameAs(root)) {
                throw new KeyException(
                        Kind.NOT_ALLOWED,
                        "the protector '"
                                + protector.name()
                                + "' does not open what it protected; nothing was changed");
            }
        }
    }

    /**
     * Does one administrative act: journals it, writes the next generation, makes it the present
     * one.
     *
     * @param forget whether the generation before must not be kept
     */
    public Open change(EventType type, String actor, boolean forget, Planner planner)
            throws KeyException {
        lock.lock();
        try {
            Plan plan = planner.plan(open());
            events.about(type, plan.subject(), actor, plan.attributes());
            try {
                return store(plan.next(), forget);
            } catch (KeyException e) {
                events.failed(type, plan.subject(), actor, e);
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes the next generation and makes it the present one; only under {@link #exclusively}. */
    public Open store(Open next, boolean forget) throws KeyException {
        if (next.successor().isPresent()) {
            throw new KeyException(
                    Kind.NOT_ALLOWED,
                    "the key set is being abandoned; keys:abandon again to finish that");
        }
        KeySet written = file.replace(next.keySet(), next.ring(), next.root(), forget);
        Open stored = next.with(written, next.ring());
        state = stored;
        return stored;
    }

    /**
     * Puts another key set in the place of the present one, whatever that is; only under {@link
     * #exclusively}.
     */
    public Open install(Open other) throws KeyException {
        file.dropSuccessor();
        KeySet written = file.replace(other.keySet(), other.ring(), other.root(), false);
        KeySetState before = state;
        Open installed = other.with(written, other.ring());
        state = installed;
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
        if (before instanceof Open open) {
            open.ring().wipe();
            open.root().close();
        }
    }

    /** The successor on disk of a key set that does not open itself. */
    public Optional<Open> successorOnDisk() throws KeyException {
        Optional<ProtectedKeySet> next = file.successor();
        return next.isEmpty() ? Optional.empty() : Optional.of(successor(next.get()));
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
