/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.writing;

import io.passbridge.connector.directory.database.FreeAttributes;
import io.passbridge.credential.Account;
import java.util.ArrayList;
import java.util.List;

/** What changes from one user object to another, in words. */
final class Differences {
    private final List<String> found = new ArrayList<>();

    private Differences() {}

    /**
     * @param wanted what it does not declare stays
     */
    static String of(Account held, Account wanted) {
        Differences differences = new Differences();
        differences.compare("login name", held.loginName(), wanted.loginName());
        differences.compare("aliases", held.aliases(), wanted.aliases());
        differences.compare("display name", held.displayName(), wanted.displayName());
        differences.compare("given name", held.givenName(), wanted.givenName());
        differences.compare("family name", held.familyName(), wanted.familyName());
        differences.compare("mail", held.mail(), wanted.mail());
        Account whole = FreeAttributes.over(held.attributes(), wanted);
        for (String name : wanted.attributes().keySet()) {
            differences.compare(
                    name,
                    held.attributes().getOrDefault(name, List.of()),
                    whole.attributes().getOrDefault(name, List.of()));
        }
        return String.join(", ", differences.found);
    }

    private void compare(String name, String held, String wanted) {
        compare(
                name,
                held.isEmpty() ? List.of() : List.of(held),
                wanted.isEmpty() ? List.of() : List.of(wanted));
    }

    private void compare(String name, List<String> held, List<String> wanted) {
        if (!held.equals(wanted)) {
            found.add(name + " " + words(held) + " → " + words(wanted));
        }
    }

    private static String words(List<String> values) {
        return values.isEmpty() ? "none" : "'" + String.join("', '", values) + "'";
    }
}
