/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import java.util.Locale;

/**
 * Compares distinguished names well enough for the file of one server, which writes one name in one
 * way but for case and the blanks around separators (RFC 4514).
 */
final class DistinguishedName {
    private DistinguishedName() {}

    /** A form that is equal for equal names. */
    static String normalized(String dn) {
        String lower = dn.toLowerCase(Locale.ROOT);
        if (lower.indexOf(' ') < 0) {
            return lower;
        }
        StringBuilder tight = new StringBuilder(lower.length());
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c == '\\' && i + 1 < lower.length()) {
                tight.append(c).append(lower.charAt(++i));
            } else if (c != ' ' || !besideSeparator(lower, i)) {
                tight.append(c);
            }
        }
        return tight.toString();
    }

    private static boolean besideSeparator(String dn, int blank) {
        int before = blank;
        while (before >= 0 && dn.charAt(before) == ' ') {
            before--;
        }
        int after = blank;
        while (after < dn.length() && dn.charAt(after) == ' ') {
            after++;
        }
        boolean separatorBefore =
                before < 0 || isSeparator(dn.charAt(before)) && !escaped(dn, before);
        return separatorBefore || after == dn.length() || isSeparator(dn.charAt(after));
    }

    private static boolean isSeparator(char c) {
        return c == ',' || c == '=' || c == '+';
    }

    private static boolean escaped(String dn, int at) {
        int backslashes = 0;
        while (at - 1 - backslashes >= 0 && dn.charAt(at - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    /** The name of the object above, or an empty text for a name of one part. */
    static String parent(String dn) {
        for (int i = 0; i < dn.length(); i++) {
            if (dn.charAt(i) == ',' && !escaped(dn, i)) {
                return dn.substring(i + 1).strip();
            }
        }
        return "";
    }

    /** Attribute and value of an object's own part of its name, the value without escapes. */
    static String[] own(String dn) {
        String parent = parent(dn);
        String own = parent.isEmpty() ? dn : dn.substring(0, dn.length() - parent.length());
        int end = own.length();
        while (end > 0
                && (own.charAt(end - 1) == ' '
                        || !parent.isEmpty() && own.charAt(end - 1) == ',')) {
            end--;
        }
        int equals = own.indexOf('=');
        if (equals < 0 || equals >= end) {
            return new String[] {"", ""};
        }
        String value = own.substring(equals + 1, end).strip().replaceAll("\\\\(.)", "$1");
        return new String[] {own.substring(0, equals).strip(), value};
    }

    /** Whether a normalized name is the other one or stands below it. */
    static boolean isWithin(String normalized, String base) {
        return base.isEmpty() || normalized.equals(base) || normalized.endsWith("," + base);
    }

    /** The name that an object gets when one above it, or itself, is renamed. All normalized. */
    static String rebased(String normalized, String oldBase, String newBase) {
        return normalized.substring(0, normalized.length() - oldBase.length()) + newBase;
    }
}
