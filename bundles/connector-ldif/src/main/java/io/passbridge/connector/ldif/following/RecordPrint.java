/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

import io.passbridge.connector.ldif.record.Attribute;
import io.passbridge.connector.ldif.record.Entry;
import io.passbridge.connector.ldif.record.FileState;
import io.passbridge.connector.ldif.user.EntryMapping;
import io.passbridge.connector.ldif.user.EntryTimes;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.CredentialChange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.crypto.Mac;

/**
 * Fingerprints of what a file says of a user, under the key of this instance: everything that
 * matters here but the times of changes, which say that something changed and not what. Not
 * thread-safe.
 */
final class RecordPrint {
    /** The year 1604, and some 2 to the power of 50 versions. */
    private static final long BEFORE_ALL_TIMES = 1_000_000_000_000_000L;

    private final Mac mac;
    private final EntryMapping mapping;
    private final ByteBuffer number = ByteBuffer.allocate(Integer.BYTES);

    /**
     * @param mac a fresh computation, kept
     */
    RecordPrint(Mac mac, EntryMapping mapping) {
        this.mac = mac;
        this.mapping = mapping;
    }

    /**
     * The fingerprint of a user.
     *
     * @param state as it is now: an expiry passes without any change of the record
     * @return never {@link RecordTable#UNKNOWN}
     */
    long of(Entry entry, AccountState state) {
        update(state.toBits());
        mapping.loginName(entry)
                .ifPresent(login -> mac.update(login.getBytes(StandardCharsets.UTF_8)));
        for (int slot = 0; slot < entry.slots(); slot++) {
            if (!Attribute.isTime(slot)) {
                for (byte[] value : entry.all(slot)) {
                    update(slot);
                    update(value.length);
                    mac.update(value);
                }
            }
        }
        long print = ByteBuffer.wrap(mac.doFinal()).getLong();
        return print == RecordTable.UNKNOWN ? 1 : print;
    }

    private void update(int value) {
        mac.update(number.clear().putInt(value).flip());
    }

    /**
     * The change at a version that the same content has in every reading, and another content does
     * not: most times are whole seconds, and within one a password may be set twice. A record
     * without a time has a version that says nothing but that, older than every time.
     *
     * @param state of the file, which holds nothing that was changed after it
     */
    static CredentialChange stamped(
            CredentialChange change, Entry entry, long print, FileState state) {
        long time = change.version().time();
        if (EntryTimes.version(entry).isEmpty()) {
            time = 1 + Long.remainderUnsigned(print, BEFORE_ALL_TIMES);
        } else if (time % EntryTimes.SECOND == 0) {
            time += 1 + Long.remainderUnsigned(print, EntryTimes.SECOND / 10);
        }
        return new CredentialChange(
                change.anchor(),
                new ChangeVersion(change.version().sequence(), time),
                change.changedAt().isAfter(state.modified())
                        ? state.modified()
                        : change.changedAt(),
                change.state(),
                change.credential(),
                change.account());
    }
}
