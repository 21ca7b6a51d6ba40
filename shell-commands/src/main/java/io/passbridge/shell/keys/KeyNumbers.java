/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeySetView;
import io.passbridge.keys.KeyStatus;
import io.passbridge.shell.kit.Misuse;
import java.util.Arrays;
import java.util.List;

/** Ids of keys on command lines. */
final class KeyNumbers {
    private KeyNumbers() {}

    /** The ids of the keys in one of the given states, to offer. */
    static List<String> of(KeySetView view, KeyStatus... states) {
        return view.keys().stream()
                .filter(key -> Arrays.asList(states).contains(key.status()))
                .map(key -> Integer.toString(key.id()))
                .toList();
    }

    /** The id that was typed. */
    static int parse(String text) throws Misuse {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new Misuse("'" + text + "' is no key; keys:list shows their numbers");
        }
    }

    /** A key in words. */
    static String state(KeyInfo key) {
        String state = key.status().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        return key.compromised() ? state + ", compromised" : state;
    }
}
