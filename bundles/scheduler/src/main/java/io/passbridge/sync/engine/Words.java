/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import java.util.Locale;

/** Constants of the API as people read them. */
final class Words {
    private Words() {}

    /** {@code OUTCOME_UNKNOWN} as {@code outcome unknown}. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String count(long number, String singular, String plural) {
        return number == 1 ? "1 " + singular : String.format(Locale.ROOT, "%,d %s", number, plural);
    }
}
