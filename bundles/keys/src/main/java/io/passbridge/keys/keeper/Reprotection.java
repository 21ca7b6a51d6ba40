/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keeper;

import io.passbridge.credential.Secret;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.KeySetAccess;
import io.passbridge.keys.Protector;
import io.passbridge.keys.act.Act;
import io.passbridge.keys.act.KeyEvents;
import io.passbridge.keys.file.Previous;
import io.passbridge.keys.keeper.KeySetState.Open;
import io.passbridge.keys.ring.Slot;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes how the root secret is protected: another password, another protector, or both.
 *
 * <p>The key-set file and the place where a protector finds its password cannot be written in one
 * step. So the key set opens under both protections first, then the password goes to its place,
 * then the former protection is removed. A kill in between is settled at the next start by what the
 * protector finds there.
 */
public final class Reprotection {

    private final KeySetKeeper keeper;
    private final Protectors protectors;
    private final KeyEvents events;

    public Reprotection(KeySetKeeper keeper, Protectors protectors, KeyEvents events) {
        this.keeper = keeper;
        this.protectors = protectors;
        this.events = events;
    }

    /** Sets another password for the protector that is in force. */
    public Protector.Adoption changePassword(String actor, Secret password) throws KeyException {
        if (password.length() < KeySetAccess.SHORTEST_PASSWORD
                || password.length() > KeySetAccess.LONGEST_PASSWORD) {
            throw new KeyException(
                    Kind.NOT_ALLOWED,
                    "a password of "
                            + password.length()
                            + " bytes is refused; it needs "
                            + KeySetAccess.SHORTEST_PASSWORD
                            + " to "
                            + KeySetAccess.LONGEST_PASSWORD);
        }
        return keeper.exclusively(
                () -> {
                    Open now = keeper.open();
                    Protector protector =
                            protectors.require(now.keySet().slots().get(0).protector());
                    return withPassword(
                            EventType.KEY_SET_PASSWORD_CHANGED, actor, now, protector, password);
                });
    }

    /** Protects the key set with another protector. */
    public void protectWith(String actor, String name, Optional<Secret> password)
            throws KeyException {
        keeper.exclusively(
                () -> {
                    Open now = keeper.open();
                    Protector protector = protectors.require(name);
                    if (password.isPresent()) {
                        return withPassword(
                                EventType.PROTECTOR_CHANGED, actor, now, protector, password.get());
                    }
                    protector.provision();
                    Slot slot = slot(now, protector, Optional.empty());
                    return announced(
                            begin(EventType.PROTECTOR_CHANGED, actor, now, protector),
                            () -> keeper.store(only(now, slot), Previous.ERASED));
                });
    }

    private Protector.Adoption withPassword(
            EventType type, String actor, Open now, Protector protector, Secret password)
            throws KeyException {
        Slot slot = slot(now, protector, Optional.of(password));
        return announced(
                begin(type, actor, now, protector),
                () -> {
                    Slot former = now.keySet().slots().get(Math.max(now.ownSlot(), 0));
                    Open both = both(now, slot, former.as(Slot.Role.FORMER_UNDER_WAY));
                    keeper.store(both, Previous.KEPT);
                    Protector.Adoption adoption;
                    try {
                        adoption = protector.adopt(password);
                    } catch (KeyException e) {
                        keeper.store(only(now, former.as(Slot.Role.CURRENT)), Previous.ERASED);
                        throw e;
                    }
                    keeper.store(
                            adoption.stored()
                                    ? only(now, slot)
                                    : both(now, slot, former.as(Slot.Role.FORMER_AWAITED)),
                            Previous.ERASED);
                    return adoption;
                });
    }

    private static <T> T announced(Act act, KeySetKeeper.Work<T> work) throws KeyException {
        try {
            T result = work.run();
            act.done();
            return result;
        } catch (KeyException e) {
            act.failed(e);
            throw e;
        }
    }

    private Act begin(EventType type, String actor, Open now, Protector protector)
            throws KeyException {
        return events.begin(
                type,
                "key set " + now.keySet().id(),
                actor,
                Map.of(Fact.PROTECTOR, protector.name()));
    }

    private static Slot slot(Open now, Protector protector, Optional<Secret> password)
            throws KeyException {
        byte[] protectedRoot =
                protector.protect(now.root(), now.keySet().id().toString(), password);
        KeySetOpening.checkOpens(protector, protectedRoot, now.keySet().id(), password, now.root());
        return new Slot(protector.name(), Slot.Role.CURRENT, protectedRoot);
    }

    private static Open only(Open now, Slot slot) {
        return new Open(now.keySet().withSlots(List.of(slot)), now.ring(), now.root(), 0);
    }

    private static Open both(Open now, Slot slot, Slot former) {
        return new Open(now.keySet().withSlots(List.of(slot, former)), now.ring(), now.root(), 1);
    }
}
