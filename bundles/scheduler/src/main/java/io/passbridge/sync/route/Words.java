/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.route;

import java.util.Locale;

/** Constants of the API as people read them. */
public final class Words {
    private Words() {}

    /** {@code OUTCOME_UNKNOWN} as {@code outcome unknown}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
