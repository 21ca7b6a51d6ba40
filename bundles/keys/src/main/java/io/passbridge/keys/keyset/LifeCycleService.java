/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import io.passbridge.credential.Secret;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeyLifeCycle;
import io.passbridge.keys.KeyStatus;
import io.passbridge.keys.file.Previous;
import io.passbridge.keys.keeper.KeySetKeeper;
import io.passbridge.keys.keeper.KeySetKeeper.Plan;
import io.passbridge.keys.keeper.KeySetState.Open;
import io.passbridge.keys.owner.Owners;
import io.passbridge.keys.owner.UnusedKey;
import io.passbridge.keys.ring.KeySet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the life cycle of keys. */
@Component
public final class LifeCycleService implements KeyLifeCycle {
    private final KeySetKeeper keeper;
    private final Owners owners;

    @Activate
    public LifeCycleService(@Reference KeySetComponent core) {
        this(core.parts());
    }

    private LifeCycleService(Parts parts) {
        keeper = parts.keeper();
        owners = parts.owners();
    }

    /** The same for use within this bundle. Not a public constructor: SCR would try it as well. */
    public static LifeCycleService of(Parts parts) {
        return new LifeCycleService(parts);
    }

    @Override
    public KeyInfo add(String actor, boolean pending) throws KeyException {
        Secret bytes = keeper.newKey();
        try {
            return add(actor, pending, bytes, false);
        } catch (KeyException e) {
            bytes.close();
            throw e;
        }
    }

    /** Adds the given key, which the key set takes over if this succeeds. */
    public KeyInfo add(String actor, boolean pending, Secret bytes, boolean imported)
            throws KeyException {
        Open stored =
                keeper.change(
                        EventType.KEY_ADDED,
                        actor,
                        Previous.KEPT,
                        now -> {
                            KeyInfo key =
                                    new KeyInfo(
                                            lastId(now) + 1,
                                            pending ? KeyStatus.PENDING : KeyStatus.PRIMARY,
                                            keeper.now(),
                                            keeper.now(),
                                            imported,
                                            false,
                                            keeper.fingerprint(bytes));
                            return new Plan(
                                    "key " + key.id(),
                                    Map.of(
                                            Fact.STATE, word(key.status()),
                                            Fact.FINGERPRINT, key.fingerprint()),
                                    now.with(
                                            now.keySet().withKeys(with(now.keySet(), key)),
                                            now.ring().with(key.id(), bytes)));
                        });
        return stored.keySet().key(lastId(stored)).orElseThrow();
    }

    private static int lastId(Open open) {
        List<KeyInfo> keys = open.keySet().keys();
        return keys.get(keys.size() - 1).id();
    }

    private List<KeyInfo> with(KeySet keySet, KeyInfo key) throws KeyException {
        if (keySet.keys().size() == KeySet.MAX_KEYS) {
            throw new KeyException(
                    Kind.NOT_ALLOWED,
                    "the key set has " + KeySet.MAX_KEYS + " keys, which is the most it can hold");
        }
        if (keySet.keys().stream().anyMatch(k -> k.fingerprint().equals(key.fingerprint()))) {
            throw new KeyException(Kind.NOT_ALLOWED, "the key set has this key already");
        }
        List<KeyInfo> keys = new ArrayList<>();
        for (KeyInfo present : keySet.keys()) {
            boolean replaced =
                    key.status() == KeyStatus.PRIMARY && present.status() == KeyStatus.PRIMARY;
            keys.add(replaced ? in(present, KeyStatus.DECRYPT_ONLY) : present);
        }
        keys.add(key);
        return keys;
    }

    @Override
    public KeyInfo promote(String actor, int key) throws KeyException {
        return move(
                actor,
                key,
                EventType.KEY_PROMOTED,
                KeyStatus.PRIMARY,
                List.of(KeyStatus.PENDING, KeyStatus.DECRYPT_ONLY),
                "only a pending or decrypt-only key can be promoted");
    }

    @Override
    public KeyInfo disable(String actor, int key) throws KeyException {
        return move(
                actor,
                key,
                EventType.KEY_DISABLED,
                KeyStatus.DISABLED,
                List.of(KeyStatus.PENDING, KeyStatus.DECRYPT_ONLY),
                "only a pending or decrypt-only key can be disabled; promote another key first if"
                        + " it is primary");
    }

    @Override
    public KeyInfo enable(String actor, int key) throws KeyException {
        return move(
                actor,
                key,
                EventType.KEY_ENABLED,
                KeyStatus.DECRYPT_ONLY,
                List.of(KeyStatus.DISABLED),
                "only a disabled key can be enabled");
    }

    @Override
    public KeyInfo destroy(String actor, int key) throws KeyException {
        owners.startRewriting();
        try {
            return destroyUnused(actor, key);
        } finally {
            owners.endRewriting();
        }
    }

    @Override
    public KeyInfo planDestroy(int key) throws KeyException {
        owners.startRewriting();
        try {
            return planNow(key);
        } finally {
            owners.endRewriting();
        }
    }

    private KeyInfo planNow(int id) throws KeyException {
        KeyInfo found = key(keeper.open(), id);
        if (found.status() != KeyStatus.DISABLED) {
            throw new KeyException(
                    Kind.NOT_ALLOWED,
                    "key " + id + " is " + word(found.status()) + "; " + onlyDisabled(found));
        }
        UnusedKey.check(keeper.open(), owners, id);
        return found;
    }

    /** What comes before the destruction of a key; nothing that would be refused in turn. */
    private static String onlyDisabled(KeyInfo key) {
        return switch (key.status()) {
            case PRIMARY ->
                    "only a disabled key can be destroyed, and new values are sealed under this"
                            + " one: keys:add makes another one primary; then keys:rewrap,"
                            + " keys:disable "
                            + key.id()
                            + ", and destroy it";
            case DESTROYED -> "there is nothing left to destroy";
            default -> "only a disabled key can be destroyed; keys:disable " + key.id() + " first";
        };
    }

    private KeyInfo destroyUnused(String actor, int key) throws KeyException {
        planNow(key);
        Optional<Secret> bytes = keeper.open().ring().key(key);
        KeyInfo gone =
                move(
                        actor,
                        key,
                        EventType.KEY_DESTROYED,
                        KeyStatus.DESTROYED,
                        List.of(KeyStatus.DISABLED),
                        "only a disabled key can be destroyed");
        bytes.ifPresent(Secret::close);
        return gone;
    }

    private KeyInfo move(
            String actor, int id, EventType type, KeyStatus to, List<KeyStatus> from, String rule)
            throws KeyException {
        Open stored =
                keeper.change(
                        type,
                        actor,
                        to == KeyStatus.DESTROYED ? Previous.ERASED : Previous.KEPT,
                        now -> {
                            KeyInfo key = key(now, id);
                            if (!from.contains(key.status())) {
                                throw new KeyException(
                                        Kind.NOT_ALLOWED,
                                        "key " + id + " is " + word(key.status()) + "; " + rule);
                            }
                            if (to == KeyStatus.PRIMARY && key.compromised()) {
                                throw new KeyException(
                                        Kind.NOT_ALLOWED,
                                        "key "
                                                + id
                                                + " is marked as compromised and is never primary"
                                                + " again; keys:add makes a new key");
                            }
                            KeySet changed = now.keySet().withKeys(moved(now.keySet(), key, to));
                            return new Plan(
                                    "key " + id,
                                    Map.of(Fact.BEFORE, word(key.status()), Fact.AFTER, word(to)),
                                    now.with(
                                            changed,
                                            to == KeyStatus.DESTROYED
                                                    ? now.ring().without(id)
                                                    : now.ring()));
                        });
        return key(stored, id);
    }

    private List<KeyInfo> moved(KeySet keySet, KeyInfo key, KeyStatus to) {
        List<KeyInfo> keys = new ArrayList<>();
        for (KeyInfo present : keySet.keys()) {
            if (present.id() == key.id()) {
                keys.add(in(present, to));
            } else if (to == KeyStatus.PRIMARY && present.status() == KeyStatus.PRIMARY) {
                keys.add(in(present, KeyStatus.DECRYPT_ONLY));
            } else {
                keys.add(present);
            }
        }
        return keys;
    }

    @Override
    public KeyInfo markCompromised(String actor, int id) throws KeyException {
        Open stored =
                keeper.change(
                        EventType.KEY_COMPROMISED,
                        actor,
                        Previous.KEPT,
                        now -> {
                            KeyInfo key = key(now, id);
                            List<KeyInfo> keys =
                                    now.keySet().keys().stream()
                                            .map(k -> k.id() == id ? marked(k) : k)
                                            .toList();
                            return new Plan(
                                    "key " + id,
                                    Map.of(Fact.STATE, word(key.status())),
                                    now.with(now.keySet().withKeys(keys), now.ring()));
                        });
        return key(stored, id);
    }

    private KeyInfo in(KeyInfo key, KeyStatus status) {
        return new KeyInfo(
                key.id(),
                status,
                key.created(),
                keeper.now(),
                key.imported(),
                key.compromised(),
                status == KeyStatus.DESTROYED ? "" : key.fingerprint());
    }

    private KeyInfo marked(KeyInfo key) {
        return new KeyInfo(
                key.id(),
                key.status(),
                key.created(),
                keeper.now(),
                key.imported(),
                true,
                key.fingerprint());
    }

    private static KeyInfo key(Open open, int id) throws KeyException {
        return open.keySet()
                .key(id)
                .orElseThrow(
                        () ->
                                new KeyException(
                                        Kind.UNKNOWN_KEY,
                                        "there is no key "
                                                + id
                                                + "; the newest is key "
                                                + lastId(open)));
    }

    private static String word(KeyStatus status) {
        return status.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
