/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.password;

import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import java.util.Optional;

/**
 * What was last dealt with for a user, as it stands in an attribute: {@code SEQUENCE.TIME STATE}.
 *
 * @param version of the source
 * @param state that was written with it
 */
record WrittenVersion(ChangeVersion version, AccountState state) {
    /** Reads what {@link #toString} wrote; empty for anything else. */
    static Optional<WrittenVersion> parse(String text) {
        String[] parts = text.split(" ", -1);
        try {
            return parts.length == 2
                    ? Optional.of(
                            new WrittenVersion(
                                    ChangeVersion.parse(parts[0]),
                                    AccountState.ofBits(Integer.parseInt(parts[1]))))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return version + " " + state.toBits();
    }
}
