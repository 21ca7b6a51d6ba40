/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.files.fingerprint.FingerprintKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.crypto.Mac;

/**
 * Versions of users at a source that knows none: a keyed print of what a version is about. Another
 * print is another version, whichever of the two is greater; the source never lags.
 */
final class Prints {
    private final FingerprintKey key;

    Prints(FingerprintKey key) {
        this.key = key;
    }

    /**
     * @param hash stays the caller's to wipe; empty if there is none
     */
    ChangeVersion version(SourceAnchor anchor, AccountState state, byte[] hash) {
        Mac mac = begin(anchor);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(state.toBits()).array());
        long print = ByteBuffer.wrap(mac.doFinal(hash)).getLong();
        return new ChangeVersion(0, Math.max(1, print & Long.MAX_VALUE));
    }

    /** Of the names and attributes. */
    long of(Account account) {
        Mac mac = begin(account.anchor());
        return ByteBuffer.wrap(mac.doFinal(account.toString().getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    private Mac begin(SourceAnchor anchor) {
        Mac mac = key.begin();
        mac.update(anchor.value().getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        return mac;
    }
}
