/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

/**
 * Remembers which texts have come so far, in 8 to 16 bytes each. Two texts may look alike once in
 * some billions.
 */
public final class TextSet {
    private long[] table = new long[1 << 10];
    private int size;

    /** Returns whether the text is new. */
    boolean add(String text) {
        if (size >= table.length / 5 * 3) {
            grow();
        }
        boolean added = insert(table, hash(text));
        if (added) {
            size++;
        }
        return added;
    }

    boolean contains(String text) {
        long hash = hash(text);
        int at = (int) (hash ^ hash >>> 32) & table.length - 1;
        while (table[at] != 0 && table[at] != hash) {
            at = at + 1 & table.length - 1;
        }
        return table[at] == hash;
    }

    private void grow() {
        long[] larger = new long[table.length * 2];
        for (long hash : table) {
            if (hash != 0) {
                insert(larger, hash);
            }
        }
        table = larger;
    }

    private static boolean insert(long[] table, long hash) {
        int at = (int) (hash ^ hash >>> 32) & table.length - 1;
        while (table[at] != 0) {
            if (table[at] == hash) {
                return false;
            }
            at = at + 1 & table.length - 1;
        }
        table[at] = hash;
        return true;
    }

    /** FNV-1a over the characters, finished as in SplitMix64; never 0. */
    public static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        hash ^= hash >>> 31;
        return hash == 0 ? 1 : hash;
    }
}
