/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The user object that a password belongs to, as far as a target needs it to create or find the
 * user.
 *
 * @param anchor the user's anchor at the source
 * @param loginName the name that the user signs in with, not blank
 * @param aliases further names to sign in with (user principal name, mail), may be empty
 * @param displayName may be empty
 * @param givenName may be empty
 * @param familyName may be empty
 * @param mail may be empty
 * @param attributes what else the source's configuration declares, by the names that it gives them;
 *     a name with an empty list is an attribute that the user does not have at the source
 */
public record Account(
        SourceAnchor anchor,
        String loginName,
        List<String> aliases,
        String displayName,
        String givenName,
        String familyName,
        String mail,
        Map<String, List<String>> attributes) {
    public Account {
        if (loginName.isBlank()) {
            throw new IllegalArgumentException("account " + anchor + " has no login name");
        }
        aliases = List.copyOf(aliases);
        Map<String, List<String>> copy = new TreeMap<>();
        attributes.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        attributes = Collections.unmodifiableMap(copy);
    }

    /** An account without free attributes. */
    public Account(
            SourceAnchor anchor,
            String loginName,
            List<String> aliases,
            String displayName,
            String givenName,
            String familyName,
            String mail) {
        this(anchor, loginName, aliases, displayName, givenName, familyName, mail, Map.of());
    }

    /** An account with nothing but a login name. */
    public static Account named(SourceAnchor anchor, String loginName) {
        return new Account(anchor, loginName, List.of(), "", "", "", "");
    }
}
