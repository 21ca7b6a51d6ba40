/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.ChangeVersion;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was written to an account last, as the target keeps it: {@code SEQUENCE.TIME/STATE/DIGEST}.
 *
 * @param state bits of the account's state
 * @param digest whether a digest was written at this version
 */
record Written(ChangeVersion version, int state, boolean digest) {
    static final Written NOTHING = new Written(ChangeVersion.NONE, 0, false);

    private static final Pattern FORM = Pattern.compile("(\\d+\\.\\d+)/(\\d+)/([01])");

    /**
     * @throws IllegalArgumentException if somebody else wrote it
     */
    static Written parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("what was written last cannot be read");
        }
        MatchResult parts = matcher.toMatchResult();
        return new Written(
                ChangeVersion.parse(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                parts.group(3).equals("1"));
    }

    /** Whether an update brings nothing new. */
    boolean holds(PasswordUpdate update) {
        return version.equals(update.version())
                && state == update.state().toBits()
                && (digest || update.digest().isEmpty());
    }

    /** After an update. */
    Written with(PasswordUpdate update) {
        boolean same = version.equals(update.version());
        return new Written(
                update.version(),
                update.state().toBits(),
                update.digest().isPresent() || same && digest);
    }

    static Written of(Optional<String> text) {
        return text.map(Written::parse).orElse(NOTHING);
    }

    String text() {
        return version + "/" + state + "/" + (digest ? 1 : 0);
    }
}
