/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.keyset.KeySetState.Open;
import io.passbridge.keys.sealed.SealedHeader;

/** The rule that a key goes only when no stored value needs it. */
final class UnusedKey {
    private UnusedKey() {}

    /**
     * Looks at every stored value.
     *
     * @throws KeyException with {@link Kind#NOT_ALLOWED} if one is sealed under the key
     */
    static void check(Open open, Owners owners, int key) throws KeyException {
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
                            + values[0]
                            + (values[0] == 1 ? " value" : " values")
                            + "; keys:enable "
                            + key
                            + ", keys:rewrap, keys:disable "
                            + key
                            + ", then destroy it");
        }
    }
}
