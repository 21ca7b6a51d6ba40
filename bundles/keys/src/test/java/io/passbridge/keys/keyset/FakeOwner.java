/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import io.passbridge.keys.Binding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.SealedValue;
import io.passbridge.keys.SealedValueOwner;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Stored values in memory, with a transaction that a kill can precede or follow. */
public final class FakeOwner implements SealedValueOwner {
    /** When the process dies. */
    public enum Kill {
        NEVER,
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    public final Map<String, SealedValue> values = new TreeMap<>();
    private Kill kill = Kill.NEVER;
    private int transactionsLeft;
    private int transactions;

    /** Dies at the transaction of the given number, from 0. */
    public void killAt(int transaction, Kill when) {
        transactionsLeft = transaction;
        kill = when;
    }

    public void survive() {
        kill = Kill.NEVER;
    }

    public int transactions() {
        return transactions;
    }

    public static Binding binding(String instance) {
        return new Binding("account", "connector " + instance, "secret");
    }

    @Override
    public String name() {
        return "account secrets";
    }

    @Override
    public List<Item> page(String after, int limit) {
        return values.entrySet().stream()
                .filter(e -> e.getKey().compareTo(after) > 0)
                .limit(limit)
                .map(e -> new Item(e.getKey(), binding(e.getKey()), e.getValue()))
                .toList();
    }

    @Override
    public int replace(List<Replacement> replacements) throws KeyException {
        boolean now = kill != Kill.NEVER && transactionsLeft-- == 0;
        if (now && kill == Kill.BEFORE_COMMIT) {
            throw new FaultyFolder.Killed();
        }
        transactions++;
        int replaced = 0;
        for (Replacement replacement : replacements) {
            String locator = replacement.item().locator();
            if (values.get(locator).equals(replacement.item().value())) {
                values.put(locator, replacement.value());
                replaced++;
            }
        }
        if (now) {
            throw new FaultyFolder.Killed();
        }
        return replaced;
    }
}
