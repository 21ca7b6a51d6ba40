/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.database;

import io.passbridge.credential.Account;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names to sign in with, compared without regard to case. */
public final class SignInNames {
    /** The longest name, in characters. */
    public static final int MAX_LENGTH = 320;

    private SignInNames() {}

    /** The form under which a name is stored and looked up. */
    public static String fold(String name) {
        // upper, then lower: both directions are needed for characters such as the Greek final
        // sigma. The root locale, or a Turkish server would fold differently.
        String stripped = name.strip();
        if (isAscii(stripped)) {
            return stripped.toLowerCase(Locale.ROOT);
        }
        String composed = Normalizer.normalize(stripped, Normalizer.Form.NFC);
        return composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }

    /** The folded names of an account, its login name first. */
    public static Set<String> of(Account account) {
        return of(account.loginName(), account.aliases());
    }

    public static Set<String> of(String loginName, List<String> aliases) {
        Set<String> names = new LinkedHashSet<>();
        names.add(fold(loginName));
        for (String alias : aliases) {
            if (!alias.isBlank()) {
                names.add(fold(alias));
            }
        }
        return names;
    }
}
