/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.owner;

import io.passbridge.health.Finding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.keeper.KeySetState.Open;
import io.passbridge.keys.sealed.SealedHeader;

/** The rule that a key goes only when no stored value needs it. */
public final class UnusedKey {
    private UnusedKey() {}

    /**
     * Looks at every stored value.
     *
     * @throws KeyException with {@link Kind#NOT_ALLOWED} if one is sealed under the key
     */
    public static void check(Open open, Owners owners, int key) throws KeyException {
        String keySet = open.keySet().id().toString();
        long[] values = {0};
        owners.visit(
                (owner, item) -> {
                    SealedHeader header = SealedHeader.of(item.value().toBytes());
                    if (header.keyId() == key && header.keySetId().toString().equals(keySet)) {
                        values[0]++;
                    }
                });
        if (values[0] > 0) {
            throw new KeyException(
                    Kind.NOT_ALLOWED,
                    "key "
                            + key
                            + " still seals "
                            + Finding.count(values[0], "value", "values")
                            + "; keys:enable "
                            + key
                            + ", keys:rewrap, keys:disable "
                            + key
                            + ", then destroy it");
        }
    }
}
