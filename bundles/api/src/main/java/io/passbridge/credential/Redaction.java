/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

import java.util.regex.Pattern;

/**
 * Takes out of texts that plug-ins and servers made what looks like a hash: parsers like to quote
 * their input. Whatever goes from a plug-in to a log, the journal or a screen passes through here.
 * Thread-safe.
 */
public final class Redaction {
    /** Nothing shorter can hold one. */
    private static final int SHORTEST = 12;

    private static final Pattern HASH_LIKE =
            Pattern.compile(
                    // {SSHA}... and $6$..., but not the description of a form in words
                    "(?:\\{[A-Za-z][A-Za-z0-9-]*\\}|\\$[0-9a-zA-Z-]+\\$)"
                            + "(?:(?=[^\\s'\"]*[0-9])[^\\s'\"]{6,}|[^\\s'\"]{40,})"
                            + "|v1;PPH\\S+"
                            + "|[0-9A-Fa-f]{24,}"
                            + "|(?<![A-Za-z0-9+/._-])[A-Za-z0-9+][A-Za-z0-9+/]{21}=="
                            // long Base64 has capitals, small letters and digits; paths seldom do
                            + "|(?<![A-Za-z0-9+/._-])(?=[A-Za-z+/]*[0-9])(?=[A-Z0-9+/]*[a-z])"
                            + "(?=[a-z0-9+/]*[A-Z])[A-Za-z0-9+][A-Za-z0-9+/]{26,}={0,2}");

    private Redaction() {}

    /** The text with {@code [redacted]} for each part that looks like a hash or digest. */
    public static String of(String text) {
        return text.length() < SHORTEST ? text : HASH_LIKE.matcher(text).replaceAll("[redacted]");
    }
}
