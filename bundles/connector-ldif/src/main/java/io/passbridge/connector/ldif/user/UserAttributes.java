/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.user;

import io.passbridge.connector.AttributeMapping;
import java.util.List;
import java.util.Set;

/**
 * What tells who is a user, and which one.
 *
 * @param anchors attributes to look for the anchor in, in this order
 * @param logins attributes to look for the login name in, in this order
 * @param mapping what a user's names are read from, and what is given beside them
 * @param base normalized name that users stand below, or empty
 */
public record UserAttributes(
        List<String> anchors, List<String> logins, AttributeMapping mapping, String base) {
    /** What can be declared to be read from another attribute than the usual one. */
    public static final Set<String> FIELDS =
            Set.of("displayName", "givenName", "familyName", "mail");

    public UserAttributes {
        anchors = List.copyOf(anchors);
        logins = List.copyOf(logins);
    }
}
