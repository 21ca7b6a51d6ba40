/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.owner;

import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.sealed.SealedHeader;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Whether a server without a key set may make its first one. Where the store holds values of
 * another key set, that one is needed: a folder was not mounted, or the store is another server's.
 * A new key set would only hide that.
 *
 * @param owners who store values
 * @param storeInstalled whether this container has anything that stores values; an embedder may
 *     want the key set alone
 * @param file where the key set would be, for messages
 */
public record FirstKeySet(Owners owners, BooleanSupplier storeInstalled, String file) {
    /**
     * Refuses with {@link Kind#NO_KEY_SET} while there are values of another key set, and with
     * {@link Kind#AWAITS_STORE} while nobody can tell.
     */
    public void permit() throws KeyException {
        if (owners.present().isEmpty()) {
            if (!storeInstalled.getAsBoolean()) {
                return;
            }
            throw new KeyException(
                    Kind.AWAITS_STORE,
                    file
                            + " is not there, and none is made before the store can tell whether it"
                            + " holds values of another one; doctor says why the store is not"
                            + " running");
        }
        Map<String, Long> values = new TreeMap<>();
        owners.visit(
                (owner, item) -> {
                    try {
                        SealedHeader header = SealedHeader.of(item.value().toBytes());
                        values.merge("key set " + header.keySetId(), 1L, Long::sum);
                    } catch (KeyException e) {
                        values.merge("no key set at all", 1L, Long::sum);
                    }
                });
        if (!values.isEmpty()) {
            throw new KeyException(
                    Kind.NO_KEY_SET,
                    file
                            + " is not there, but the store holds values that are sealed under "
                            + String.join(", ", values.keySet())
                            + "; no new key set is made in its place");
        }
    }
}
