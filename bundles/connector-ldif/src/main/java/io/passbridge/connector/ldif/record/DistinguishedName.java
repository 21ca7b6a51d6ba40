/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.record;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import java.util.Locale;

/** Compares distinguished names as directories do (RFC 4514): by what they say, not how. */
public final class DistinguishedName {
    private DistinguishedName() {}

    /** A form that is equal for equal names; of what is no name, its lower case. */
    public static String normalized(String dn) {
        if (!isPlain(dn)) {
            try {
                return new DN(dn).toNormalizedString();
            } catch (LDAPException e) {
                // compared as it is written
            }
        }
        return dn.toLowerCase(Locale.ROOT);
    }

    /** Whether there is one way to write it but for case: of nearly all names, and much faster. */
    private static boolean isPlain(String dn) {
        char before = ',';
        boolean value = false;
        for (int i = 0; i < dn.length(); i++) {
            char c = dn.charAt(i);
            boolean plain =
                    c >= 'a' && c <= 'z'
                            || c >= 'A' && c <= 'Z'
                            || c >= '0' && c <= '9'
                            || c == '.'
                            || c == '-'
                            || c == '_'
                            || c == '@'
                            || (c == ',' || c == '=' && !value) && before != ' '
                            || c == ' ' && before != ' ' && before != ',' && before != '=';
            if (!plain) {
                return false;
            }
            value = c == '=' || value && c != ',';
            before = c;
        }
        return before != ' ';
    }

    /** The name of the object above, or an empty text for a name of one part. */
    static String parent(String dn) {
        try {
            String parent = new DN(dn).getParentString();
            return parent == null ? "" : parent;
        } catch (LDAPException e) {
            return "";
        }
    }

    /** Attribute and value of an object's own part of its name, the value without escapes. */
    public static String[] own(String dn) {
        try {
            RDN own = new DN(dn).getRDN();
            if (own != null) {
                return new String[] {own.getAttributeNames()[0], own.getAttributeValues()[0]};
            }
        } catch (LDAPException e) {
            // what is no name has no part of its own
        }
        return new String[] {"", ""};
    }

    /** Whether a normalized name is the other one or stands below it. */
    public static boolean isWithin(String normalized, String base) {
        if (base.isEmpty() || normalized.equals(base)) {
            return true;
        }
        int comma = normalized.length() - base.length() - 1;
        return comma > 0
                && normalized.charAt(comma) == ','
                && normalized.endsWith(base)
                && !isEscaped(normalized, comma);
    }

    private static boolean isEscaped(String dn, int at) {
        int backslashes = 0;
        while (at - 1 - backslashes >= 0 && dn.charAt(at - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    /** The name that an object gets when one above it, or itself, is renamed. All normalized. */
    public static String rebased(String normalized, String oldBase, String newBase) {
        return normalized.substring(0, normalized.length() - oldBase.length()) + newBase;
    }
}
