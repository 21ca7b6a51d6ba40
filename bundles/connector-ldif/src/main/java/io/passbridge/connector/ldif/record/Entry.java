/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a file says about one object: its name and the values of the attributes that matter. Mutable
 * while change records are applied to it; closing it wipes every value, because some are hashes.
 */
public final class Entry implements AutoCloseable {
    private static final byte[][] ABSENT = {};

    private final byte[][][] values;
    private String dn;

    /**
     * @param slots how many attributes there are, see {@link AttributeNames#size}
     */
    Entry(String dn, int slots) {
        this.dn = dn;
        this.values = new byte[slots][][];
    }

    public String dn() {
        return dn;
    }

    public void rename(String newDn) {
        dn = newDn;
    }

    public int slots() {
        return values.length;
    }

    public boolean has(Attribute attribute) {
        return values[attribute.ordinal()] != null;
    }

    /** All values; the arrays stay the entry's. */
    public List<byte[]> all(int slot) {
        return Arrays.asList(values[slot] == null ? ABSENT : values[slot]);
    }

    public List<byte[]> all(Attribute attribute) {
        return all(attribute.ordinal());
    }

    /** The first value as text, or empty if there is none or it is blank. */
    public Optional<String> text(int slot) {
        if (values[slot] == null) {
            return Optional.empty();
        }
        String text = new String(values[slot][0], StandardCharsets.UTF_8);
        return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
    }

    public Optional<String> text(Attribute attribute) {
        return text(attribute.ordinal());
    }

    /** Adds a value, which becomes the entry's. */
    public void add(int slot, byte[] value) {
        byte[][] old = values[slot];
        if (old == null) {
            values[slot] = new byte[][] {value};
        } else {
            byte[][] more = Arrays.copyOf(old, old.length + 1);
            more[old.length] = value;
            values[slot] = more;
        }
    }

    /** Removes one value, if it is there. */
    public void remove(int slot, byte[] value) {
        byte[][] old = values[slot];
        if (old == null) {
            return;
        }
        byte[][] rest =
                Arrays.stream(old).filter(v -> !Arrays.equals(v, value)).toArray(byte[][]::new);
        Arrays.stream(old).filter(v -> Arrays.equals(v, value)).forEach(Entry::wipe);
        values[slot] = rest.length == 0 ? null : rest;
    }

    /**
     * Gives a value away.
     *
     * @param value one of {@link #all}, the very array; the caller's from now on, and no longer
     *     wiped with this entry
     */
    public byte[] take(Attribute attribute, byte[] value) {
        byte[][] rest =
                Arrays.stream(values[attribute.ordinal()])
                        .filter(v -> v != value)
                        .toArray(byte[][]::new);
        values[attribute.ordinal()] = rest.length == 0 ? null : rest;
        return value;
    }

    /** Removes all values of an attribute. */
    void clear(int slot) {
        if (values[slot] != null) {
            for (byte[] value : values[slot]) {
                wipe(value);
            }
            values[slot] = null;
        }
    }

    private static void wipe(byte[] value) {
        Arrays.fill(value, (byte) 0);
    }

    @Override
    public void close() {
        for (int slot = 0; slot < values.length; slot++) {
            clear(slot);
        }
    }

    @Override
    public String toString() {
        return "Entry[" + dn + "]";
    }
}
