/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import io.passbridge.credential.Account;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** Names to sign in with, compared without regard to case. */
final class SignInNames {
    /** The longest name, in characters. */
    static final int MAX_LENGTH = 320;

    private SignInNames() {}

    /** The form under which a name is stored and looked up. */
    static String fold(String name) {
        // upper, then lower: both directions are needed for characters such as the Greek final
        // sigma. The root locale, or a Turkish server would fold differently.
        String composed = Normalizer.normalize(name.strip(), Normalizer.Form.NFC);
        return composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** The folded names of an account, its login name first. */
    static Set<String> of(Account account) {
        Set<String> names = new LinkedHashSet<>();
        names.add(fold(account.loginName()));
        for (String alias : account.aliases()) {
            if (!alias.isBlank()) {
                names.add(fold(alias));
            }
        }
        return names;
    }
}
