/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

import io.passbridge.credential.ChangeVersion;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;

/**
 * The label of a password that was synchronised: it names the version that the password came with,
 * and outlives a hashing anew. A password that somebody sets in Keycloak has none.
 */
final class Label {
    private static final String PREFIX = "Passbridge ";

    private Label() {}

    static String of(ChangeVersion version) {
        return PREFIX + version;
    }

    /** The version of a password; empty if it is not a synchronised one. */
    static Optional<ChangeVersion> version(CredentialModel password) {
        String label = password.getUserLabel();
        return label == null || !label.startsWith(PREFIX)
                ? Optional.empty()
                : parse(label.substring(PREFIX.length()));
    }

    /** A version in its text form; empty if it is none. */
    static Optional<ChangeVersion> parse(String text) {
        try {
            return Optional.of(ChangeVersion.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
