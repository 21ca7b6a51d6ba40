/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.recovery;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.KeyRecovery.Abandonment;
import io.passbridge.keys.SealedValueOwner;
import io.passbridge.keys.SealedValues.Order;
import io.passbridge.keys.act.Act;
import io.passbridge.keys.act.KeyEvents;
import io.passbridge.keys.keeper.KeySetKeeper;
import io.passbridge.keys.keeper.KeySetState;
import io.passbridge.keys.keeper.KeySetState.Open;
import io.passbridge.keys.keeper.ValueSealing;
import io.passbridge.keys.keyset.Parts;
import io.passbridge.keys.owner.Lease;
import io.passbridge.keys.owner.Owners;
import io.passbridge.keys.rewrap.OwnerRewrap;
import io.passbridge.keys.rewrap.Pace;
import io.passbridge.keys.sealed.SealedHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Replaces the key set by a new one and takes along what still opens.
 *
 * <p>The successor is written beside the present key set before any value is sealed under it, and
 * takes its place after the last one. In between both open values, each its own, so that a kill at
 * any instant loses nothing; repeating the act finishes it.
 */
final class Abandoning {
    private static final Order ALL_AT_ONCE = new Order(0, false, 0);

    private final KeySetKeeper keeper;
    private final ValueSealing sealing;
    private final Owners owners;
    private final KeyEvents events;
    private final Lease lease;

    Abandoning(Parts parts, Lease lease) {
        this.lease = lease;
        keeper = parts.keeper();
        sealing = parts.sealing();
        owners = parts.owners();
        events = parts.events();
    }

    Abandonment plan() throws KeyException {
        KeySetState state = keeper.state();
        List<String> rescued = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        owners.visit(
                (owner, item) -> (opens(state, item) ? rescued : lost).add(item.binding().owner()));
        return new Abandonment(id(state), "", rescued, lost);
    }

    private boolean opens(KeySetState state, SealedValueOwner.Item item) {
        if (!(state instanceof Open open)) {
            return false;
        }
        try {
            sealing.open(open, item.value(), item.binding()).close();
            return true;
        } catch (KeyException e) {
            return false;
        }
    }

    /** The key sets of values that do not open. */
    private String lostKeySets() throws KeyException {
        Set<String> ids = new TreeSet<>();
        KeySetState state = keeper.state();
        owners.visit(
                (owner, item) -> {
                    if (!opens(state, item)) {
                        ids.add(keySet(item));
                    }
                });
        ids.remove("");
        return String.join(" ", ids);
    }

    private static String keySet(SealedValueOwner.Item item) {
        try {
            return SealedHeader.of(item.value().toBytes()).keySetId().toString();
        } catch (KeyException e) {
            return "";
        }
    }

    private static String id(KeySetState state) {
        return state.known().map(keySet -> keySet.id().toString()).orElse("");
    }

    Abandonment run(String actor, String confirmed) throws KeyException {
        lease.requireNoOther("keys:abandon");
        owners.startRewriting();
        try {
            return keeper.exclusively(
                    () -> {
                        Abandonment plan = plan();
                        if (!plan.keySetId().equals(confirmed)) {
                            throw new KeyException(
                                    Kind.NOT_ALLOWED,
                                    "refused, nothing was changed: the key set of this server is "
                                            + (plan.keySetId().isEmpty()
                                                    ? "not readable"
                                                    : plan.keySetId())
                                            + ", not "
                                            + confirmed);
                        }
                        return run(actor, plan);
                    });
        } finally {
            owners.endRewriting();
        }
    }

    private Abandonment run(String actor, Abandonment plan) throws KeyException {
        String subject =
                plan.keySetId().isEmpty() ? "unreadable key set" : "key set " + plan.keySetId();
        Optional<Open> begun =
                keeper.state() instanceof Open open ? open.successor() : keeper.successorOnDisk();
        Open fresh = begun.isPresent() ? begun.get() : keeper.newKeySet();
        Act act =
                events.begin(
                        EventType.KEYS_ABANDONED,
                        subject,
                        actor,
                        Map.of(
                                Fact.SUCCESSOR,
                                fresh.keySet().id().toString(),
                                Fact.RESCUED,
                                Integer.toString(plan.rescued().size()),
                                Fact.LOST,
                                Integer.toString(plan.lost().size()),
                                Fact.LOST_KEY_SETS,
                                lostKeySets()));
        try {
            Open successor = begun.isPresent() ? fresh : keeper.prepare(fresh);
            finish(successor);
            act.done();
            return new Abandonment(
                    plan.keySetId(),
                    successor.keySet().id().toString(),
                    plan.rescued(),
                    plan.lost());
        } catch (KeyException e) {
            act.failed(e);
            throw e;
        }
    }

    /** Finishes an abandonment that a kill interrupted; does nothing if there is none. */
    void finishInterrupted() throws KeyException {
        if (keeper.state() instanceof Open open
                && open.successor().isPresent()
                && !owners.present().isEmpty()) {
            owners.startRewriting();
            try {
                keeper.exclusively(
                        () -> {
                            if (keeper.state() instanceof Open now && now.successor().isPresent()) {
                                finish(now.successor().get());
                            }
                            return null;
                        });
            } finally {
                owners.endRewriting();
            }
        }
    }

    private void finish(Open successor) throws KeyException {
        if (keeper.state() instanceof Open open) {
            for (SealedValueOwner owner : owners.require()) {
                rescue(open, successor, owner);
            }
        }
        keeper.succeed(successor);
    }

    private void rescue(Open open, Open successor, SealedValueOwner owner) throws KeyException {
        try {
            new OwnerRewrap(
                            sealing,
                            open,
                            successor,
                            owner,
                            ALL_AT_ONCE,
                            new Pace(0, System::nanoTime),
                            more -> {})
                    .run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeyException(
                    Kind.NOT_ALLOWED,
                    "interrupted before the end; every value still opens, keys:abandon again to"
                            + " finish",
                    e);
        }
    }
}
