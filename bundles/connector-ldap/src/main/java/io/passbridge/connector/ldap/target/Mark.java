/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.target;

import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import java.util.Arrays;
import java.util.Optional;

/**
 * What was written of a user last, as it stands in the user's entry: {@code VERSION STATE p}, the
 * state as bits.
 */
record Mark(ChangeVersion version, AccountState state, Written written) {
    private static final int WORDS = 3;

    /** What of a version was written. */
    enum Written {
        PASSWORD("p"),
        STATE_ALONE("s"),
        /** The state; the password waits until the account is open. */
        PASSWORD_WITHHELD("w");

        private final String word;

        Written(String word) {
            this.word = word;
        }

        private static Written of(String word) {
            return Arrays.stream(values())
                    .filter(written -> written.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(word));
        }
    }

    /** Empty if there is none, or none of this form. */
    static Optional<Mark> parse(String text) {
        String[] words = text == null ? new String[0] : text.split(" ");
        if (words.length != WORDS) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Mark(
                            ChangeVersion.parse(words[0]),
                            AccountState.ofBits(Integer.parseInt(words[1])),
                            Written.of(words[2])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return version + " " + state.toBits() + " " + written.word;
    }
}
