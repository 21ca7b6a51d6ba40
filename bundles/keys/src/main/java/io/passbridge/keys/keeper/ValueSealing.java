/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keeper;

import io.passbridge.credential.Secret;
import io.passbridge.keys.Binding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeyStatus;
import io.passbridge.keys.SealedValue;
import io.passbridge.keys.Sealing;
import io.passbridge.keys.keeper.KeySetState.Open;
import io.passbridge.keys.sealed.SealedHeader;
import io.passbridge.keys.sealed.ValueCipher;
import java.util.UUID;
import java.util.function.Predicate;

/** Seals under the primary key and opens under the key that a value names. Thread-safe. */
public final class ValueSealing implements Sealing {
    private final KeySetKeeper keeper;
    private final ValueCipher cipher;
    private final Predicate<UUID> abandoned;

    /** Seals with the key set of a keeper. */
    public ValueSealing(KeySetKeeper keeper, ValueCipher cipher) {
        this(keeper, cipher, keySet -> false);
    }

    /**
     * Seals with the key set of a keeper.
     *
     * @param abandoned whether a key set was given up, and its values with it
     */
    public ValueSealing(KeySetKeeper keeper, ValueCipher cipher, Predicate<UUID> abandoned) {
        this.abandoned = abandoned;
        this.keeper = keeper;
        this.cipher = cipher;
    }

    @Override
    public SealedValue seal(Secret secret, Binding binding) throws KeyException {
        Open open = keeper.open();
        return seal(open.successor().orElse(open), secret, binding);
    }

    /** Encrypts under the primary key of the given state. */
    public SealedValue seal(Open open, Secret secret, Binding binding) throws KeyException {
        int primary = open.keySet().primary().id();
        return cipher.seal(open.keySet().id(), primary, bytes(open, primary), secret, binding);
    }

    @Override
    public Secret open(SealedValue value, Binding binding) throws KeyException {
        return open(keeper.open(), value, binding);
    }

    /** Decrypts under the key of the given state that the value names. */
    public Secret open(Open open, SealedValue value, Binding binding) throws KeyException {
        SealedHeader header = SealedHeader.of(value.toBytes());
        if (!header.keySetId().equals(open.keySet().id())) {
            if (open.successor().isPresent()) {
                return open(open.successor().get(), value, binding);
            }
            if (abandoned.test(header.keySetId())) {
                throw new KeyException(
                        Kind.KEY_DESTROYED,
                        "the sealed value of "
                                + binding.owner()
                                + " belongs to key set "
                                + header.keySetId()
                                + ", which was abandoned; set the secret anew");
            }
            throw new KeyException(
                    Kind.FOREIGN_KEY_SET,
                    "the sealed value of "
                            + binding.owner()
                            + " belongs to key set "
                            + header.keySetId()
                            + ", and this server has "
                            + open.keySet().id(),
                    "keys:activate an export of that key set");
        }
        KeyInfo key =
                open.keySet()
                        .key(header.keyId())
                        .orElseThrow(
                                () ->
                                        new KeyException(
                                                Kind.UNKNOWN_KEY,
                                                "the sealed value of "
                                                        + binding.owner()
                                                        + " names key "
                                                        + header.keyId()
                                                        + ", which the key set does not have",
                                                "keys:activate a newer export"));
        if (key.status() == KeyStatus.DISABLED) {
            throw new KeyException(
                    Kind.KEY_DISABLED,
                    "key "
                            + key.id()
                            + ", which seals the value of "
                            + binding.owner()
                            + ", is disabled",
                    "keys:enable " + key.id());
        }
        if (key.status() == KeyStatus.DESTROYED) {
            throw new KeyException(
                    Kind.KEY_DESTROYED,
                    "key "
                            + key.id()
                            + ", which seals the value of "
                            + binding.owner()
                            + ", was destroyed; set the secret anew");
        }
        return cipher.open(header, value, bytes(open, key.id()), binding);
    }

    private static Secret bytes(Open open, int key) throws KeyException {
        return open.ring()
                .key(key)
                .orElseThrow(() -> new KeyException(Kind.DAMAGED, "key " + key + " has no bytes"));
    }
}
