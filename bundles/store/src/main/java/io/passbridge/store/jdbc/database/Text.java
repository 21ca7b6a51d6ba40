/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.database;

import java.nio.charset.StandardCharsets;

/** Text as every database keeps it: without NUL and lone surrogates, and not over its column. */
public final class Text {
    /** Columns for reasons and details. */
    public static final int DETAIL = 2_000;

    private Text() {}

    public static String fit(String text, int limit) {
        String clean = text.replace('\0', '\uFFFD');
        if (clean.length() > limit) {
            clean = clean.substring(0, limit - 1) + "\u2026";
        }
        for (int i = 0; i < clean.length(); i++) {
            if (Character.isSurrogate(clean.charAt(i))) {
                // a round trip replaces lone surrogates, which UTF-8 cannot hold
                return new String(clean.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            }
        }
        return clean;
    }
}
