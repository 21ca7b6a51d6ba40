/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.settings;

import io.passbridge.connector.AttributeMapping;
import java.util.List;

/**
 * Which attributes say what about a user.
 *
 * @param anchor the attribute that never changes, or {@link #AUTO}
 * @param aliases attributes of further names to sign in with
 * @param more what a target gets of users beside their names
 * @param schemes schemes or kinds of {@code userPassword} that are taken before others
 */
public record Mapping(
        String anchor,
        String login,
        List<String> aliases,
        String mail,
        String givenName,
        String familyName,
        List<String> displayNames,
        AttributeMapping more,
        List<String> schemes) {
    /** By the kind of the server. */
    public static final String AUTO = "auto";

    public Mapping {
        aliases = List.copyOf(aliases);
        displayNames = List.copyOf(displayNames);
        schemes = List.copyOf(schemes);
    }
}
