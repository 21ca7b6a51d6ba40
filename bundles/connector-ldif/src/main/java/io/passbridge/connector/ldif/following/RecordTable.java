/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

import io.passbridge.credential.SourceAnchor;

/**
 * The fingerprint of the last record that was seen of each user of a file, in 21 to 32 bytes a
 * user. Not thread-safe.
 */
final class RecordTable {
    /** The fingerprint of a user of whom nothing but the existence is known. */
    static final long UNKNOWN = 0;

    private static final int FIRST = 1 << 10;

    private long[] keys = new long[FIRST];
    private long[] prints = new long[FIRST];
    private int size;

    /** How a user is found again; never 0. */
    static long key(SourceAnchor anchor) {
        return TextSet.hash(anchor.value());
    }

    int size() {
        return size;
    }

    boolean contains(long key) {
        return keys[place(key)] == key;
    }

    /** The fingerprint, or {@link #UNKNOWN}. */
    long print(long key) {
        int place = place(key);
        return keys[place] == key ? prints[place] : UNKNOWN;
    }

    void put(long key, long print) {
        if (size >= keys.length / 4 * 3) {
            grow();
        }
        int place = place(key);
        if (keys[place] != key) {
            keys[place] = key;
            size++;
        }
        prints[place] = print;
    }

    private int place(long key) {
        int place = (int) Long.remainderUnsigned(key, keys.length);
        while (keys[place] != 0 && keys[place] != key) {
            place = place + 1 == keys.length ? 0 : place + 1;
        }
        return place;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldPrints = prints;
        int length = oldKeys.length + oldKeys.length / 2;
        keys = new long[length];
        prints = new long[length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int place = place(oldKeys[i]);
                keys[place] = oldKeys[i];
                prints[place] = oldPrints[i];
            }
        }
    }
}
