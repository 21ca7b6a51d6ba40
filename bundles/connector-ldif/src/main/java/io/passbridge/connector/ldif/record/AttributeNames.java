/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds the slot of an attribute from the bytes of its name, without making a string of each of the
 * millions of names in a file. Slots below {@code Attribute.values().length} are those of {@link
 * Attribute}; configured attributes come after. Immutable.
 */
public final class AttributeNames {
    /** The answer for an attribute that means nothing here. */
    public static final int NONE = -1;

    private static final int TABLE = 512;

    private final List<byte[]> names = new ArrayList<>();
    private final int[] table = new int[TABLE];

    /**
     * @param configured anchor and login attributes
     */
    public AttributeNames(List<String> configured) {
        for (Attribute attribute : Attribute.values()) {
            add(attribute.ldapName());
        }
        configured.forEach(
                name -> {
                    if (slot(name) == NONE) {
                        add(name);
                    }
                });
    }

    private void add(String name) {
        byte[] lower = name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
        names.add(lower);
        if (lower.length == 0) {
            // has a slot, but no name that a file could find it by
            return;
        }
        int at = hash(lower, 0, lower.length);
        while (table[at] != 0) {
            at = (at + 1) % TABLE;
        }
        table[at] = names.size();
    }

    int size() {
        return names.size();
    }

    public int slot(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        return slot(bytes, 0, bytes.length);
    }

    /** The slot of the name in a range of bytes, in any case, or {@link #NONE}. */
    int slot(byte[] bytes, int from, int to) {
        if (from == to) {
            return NONE;
        }
        int at = hash(bytes, from, to);
        for (int entry = table[at]; entry != 0; entry = table[at]) {
            if (isName(names.get(entry - 1), bytes, from, to)) {
                return entry - 1;
            }
            at = (at + 1) % TABLE;
        }
        return NONE;
    }

    /** Whether a range of bytes is the given lower-case name, in any case. */
    static boolean isName(byte[] lowerCase, byte[] bytes, int from, int to) {
        if (lowerCase.length != to - from) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            if (lowerCase[i] != lower(bytes[from + i])) {
                return false;
            }
        }
        return true;
    }

    /** Length and three letters tell the names apart well enough, and long names cost no more. */
    private static int hash(byte[] bytes, int from, int to) {
        int length = to - from;
        int hash = length * 31 + lower(bytes[from]);
        hash = hash * 31 + lower(bytes[from + length / 2]);
        hash = hash * 31 + lower(bytes[to - 1]);
        return (hash ^ hash >>> 9) & TABLE - 1;
    }

    private static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }
}
