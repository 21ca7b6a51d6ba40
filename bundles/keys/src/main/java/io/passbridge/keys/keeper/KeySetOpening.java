/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keeper;

import io.passbridge.credential.Secret;
import io.passbridge.crypto.Cryptography;
import io.passbridge.crypto.ModuleRefusedException;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeyStatus;
import io.passbridge.keys.Protector;
import io.passbridge.keys.act.KeyEvents;
import io.passbridge.keys.file.KeySetFile;
import io.passbridge.keys.file.Previous;
import io.passbridge.keys.file.ProtectedKeySet;
import io.passbridge.keys.keeper.KeySetState.Open;
import io.passbridge.keys.ring.KeyRing;
import io.passbridge.keys.ring.KeySet;
import io.passbridge.keys.ring.Slot;
import io.passbridge.keys.sealed.CommittingCipher;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens key sets with the protectors that are there, and makes new ones. Holds no state. */
final class KeySetOpening {
    private static final Logger LOG = LoggerFactory.getLogger(KeySetOpening.class);

    private final KeySetFile file;
    private final Protectors protectors;
    private final KeyEvents events;
    private final Cryptography cryptography;
    private final Clock clock;
    private final String firstProtector;

    KeySetOpening(
            KeySetFile file,
            Protectors protectors,
            KeyEvents events,
            Cryptography cryptography,
            Clock clock,
            String firstProtector) {
        this.file = file;
        this.protectors = protectors;
        this.events = events;
        this.cryptography = cryptography;
        this.clock = clock;
        this.firstProtector = firstProtector;
    }

    /** The present time as the file can hold it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Random bytes for a new key or root secret. */
    Secret newKey() {
        byte[] bytes = new byte[CommittingCipher.KEY];
        cryptography.random().nextBytes(bytes);
        return Secret.owning(bytes);
    }

    /** Refuses a key set for which nothing may compute. */
    void requireModule() throws KeyException {
        try {
            cryptography.module();
        } catch (ModuleRefusedException e) {
            throw new KeyException(Kind.MODULE_REFUSED, e.getMessage(), e);
        }
    }

    /** As {@link KeyRing#fingerprint}, by the module in use. */
    String fingerprint(Secret key) {
        return KeyRing.fingerprint(cryptography.module(), key);
    }

    /** Whether a password opens the key set; refused if not. */
    void check(KeySet keySet, Secret password) throws KeyException {
        root(keySet, Optional.of(password)).secret().close();
    }

    /** Whether a password opens the key set; empty if that cannot be tried without harm. */
    Optional<Boolean> opensWith(KeySet keySet, Secret password) throws KeyException {
        for (Slot slot : keySet.slots()) {
            if (!protectors.require(slot.protector()).opensByPassword()) {
                return Optional.empty();
            }
        }
        try {
            check(keySet, password);
            return Optional.of(true);
        } catch (KeyException e) {
            if (e.kind() == Kind.WRONG_PASSWORD) {
                return Optional.of(false);
            }
            throw e;
        }
    }

    /**
     * Opens a key set that was read, with its successor if there is one.
     *
     * @param password given by hand, or empty
     */
    Open opened(ProtectedKeySet found, Optional<Secret> password) throws KeyException {
        Root root = root(found.keySet(), password);
        try {
            KeyRing ring = found.open(root.secret(), cryptography.module());
            int own = password.isPresent() ? -1 : root.slot();
            Open open = settled(new Open(found.keySet(), ring, root.secret(), own));
            Optional<ProtectedKeySet> next = file.successor();
            return next.isEmpty() ? open : open.with(successor(next.get()));
        } catch (KeyException e) {
            root.secret().close();
            throw e;
        }
    }

    /** Opens a successor with what its protector finds. */
    Open successor(ProtectedKeySet next) throws KeyException {
        Secret root = root(next.keySet(), Optional.empty()).secret();
        return new Open(next.keySet(), next.open(root, cryptography.module()), root, 0);
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
        try {
            KeySet written =
                    file.replace(
                            keySet.withSlots(List.of(remaining)),
                            open.ring(),
                            open.root(),
                            Previous.ERASED);
            return new Open(written, open.ring(), open.root(), 0);
        } catch (KeyException e) {
            // the key set is open, which counts for more; the next start tries again
            LOG.warn("the change of the password is not finished yet: {}", e.getMessage());
            return open;
        }
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

    /** Makes, writes and opens the first key set of this server. */
    Open first(Optional<Secret> password) throws KeyException {
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
        KeySet written = file.replace(made.keySet(), made.ring(), made.root(), Previous.KEPT);
        events.happened(
                EventType.KEY_SET_CREATED,
                "key set " + written.id(),
                Map.of(Fact.PROTECTOR, protector.name(), Fact.FILE, file.describe()));
        return made.with(written, made.ring());
    }

    /** A key set with one new key under the protector that this server uses, not yet written. */
    Open newKeySet(Optional<KeySet> known) throws KeyException {
        Protector protector = ownProtector(known);
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
                                        fingerprint(key))));
        return new Open(keySet, new KeyRing(Map.of(1, key)), root, 0);
    }

    private Protector ownProtector(Optional<KeySet> known) throws KeyException {
        return protectors.require(
                known.map(keySet -> keySet.slots().get(0).protector())
                        .filter(name -> protectors.find(name).isPresent())
                        .orElse(firstProtector));
    }

    /** Protects a root secret with the protector that this server uses and what it finds. */
    Slot ownSlot(Optional<KeySet> known, UUID id, Secret root) throws KeyException {
        Protector protector = ownProtector(known);
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
}
