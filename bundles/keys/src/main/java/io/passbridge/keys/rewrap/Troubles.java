/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.rewrap;

import io.passbridge.keys.KeyException;
import io.passbridge.keys.SealedValueOwner;
import io.passbridge.keys.SealedValues.Trouble;
import java.util.ArrayList;
import java.util.List;

/** Counts values that do not open and tells of the first hundred one by one. */
final class Troubles {
    private static final int MOST = 100;

    private final List<Trouble> told = new ArrayList<>();
    private long count;

    void add(SealedValueOwner.Item item, KeyException why) {
        count++;
        if (told.size() < MOST) {
            told.add(new Trouble(item.binding().owner(), why.kind(), why.getMessage()));
        }
    }

    long count() {
        return count;
    }

    List<Trouble> told() {
        return told;
    }
}
