/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

import java.util.Optional;

/** Places in a file by the hash of a name, in 27 to 40 bytes each. Not thread-safe. */
final class PlaceTable {
    private static final int FIRST = 1 << 10;

    private long[] keys = new long[FIRST];
    private long[] offsets = new long[FIRST];
    private int[] lines = new int[FIRST];
    private int size;

    /**
     * Enters a place, unless there is one already.
     *
     * @param key not 0
     * @return whether it was entered
     */
    boolean put(long key, Place place) {
        if (size >= keys.length / 4 * 3) {
            grow();
        }
        int slot = slot(key);
        if (keys[slot] == key || place.line() > Integer.MAX_VALUE) {
            return false;
        }
        set(slot, key, place.offset(), (int) place.line());
        size++;
        return true;
    }

    Optional<Place> get(long key) {
        int slot = slot(key);
        return keys[slot] == key
                ? Optional.of(new Place(offsets[slot], lines[slot]))
                : Optional.empty();
    }

    private void set(int slot, long key, long offset, int line) {
        keys[slot] = key;
        offsets[slot] = offset;
        lines[slot] = line;
    }

    private int slot(long key) {
        int slot = (int) Long.remainderUnsigned(key, keys.length);
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = slot + 1 == keys.length ? 0 : slot + 1;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldOffsets = offsets;
        int[] oldLines = lines;
        int length = oldKeys.length + oldKeys.length / 2;
        keys = new long[length];
        offsets = new long[length];
        lines = new int[length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                set(slot(oldKeys[i]), oldKeys[i], oldOffsets[i], oldLines[i]);
            }
        }
    }
}
