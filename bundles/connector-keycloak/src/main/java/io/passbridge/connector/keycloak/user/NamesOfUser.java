/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.user;

import io.passbridge.credential.Account;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What Keycloak is told of a user's names, and what it says of them. */
public final class NamesOfUser {
    private NamesOfUser() {}

    /** Keycloak's own fields; what the source does not know stays as it is. */
    public static Map<String, String> fields(Account account) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("username", account.loginName());
        fields.put("email", account.mail());
        fields.put("firstName", account.givenName());
        fields.put("lastName", account.familyName());
        fields.values().removeIf(String::isEmpty);
        return fields;
    }

    /** The user attributes: the anchor, and what the source's configuration declares. */
    public static Map<String, List<String>> attributes(Account account, String anchorAttribute) {
        Map<String, List<String>> attributes = new LinkedHashMap<>(account.attributes());
        attributes.put(anchorAttribute, List.of(account.anchor().value()));
        return attributes;
    }

    /** What keeps the user from signing in under Keycloak's usual user profile. */
    public static String missing(Account account) {
        Set<String> missing = new TreeSet<>(Set.of("email", "firstName", "lastName"));
        missing.removeAll(fields(account).keySet());
        return missing.isEmpty()
                ? ""
                : "without "
                        + String.join(", ", missing)
                        + "; where the user profile requires them, sign-in says 'Account is not"
                        + " fully set up'";
    }

    /** Keycloak's words for a refusal, with what to do about it. */
    public static String refusal(String words) {
        return words.contains("read-only")
                ? words + "; to rename users, turn on 'Edit username' in Realm settings, Login"
                : words;
    }
}
