/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.samba.agent;

import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the agent notes in a user's own entry, in one modification with the password: whose user it
 * is and what was written last. So the note is as durable as the password, and comes back with it
 * from a backup.
 *
 * @param state the bits of the account state, or -1 before the first one
 * @param sent when the platform sent it, in milliseconds since 1970
 * @param password whether a password was ever written
 */
record Mark(SourceAnchor anchor, ChangeVersion version, int state, long sent, boolean password) {
    /** The attribute that holds it. */
    static final String ATTRIBUTE = "adminDescription";

    /** What finds all of them. */
    static final String FILTER = "(" + ATTRIBUTE + "=passbridge 1 *)";

    private static final Pattern FORM =
            Pattern.compile("passbridge 1 (\\d+\\.\\d+) (-?\\d+) (\\d+) ([pn]) (.+)");

    /** Of a user who was made and has no password yet. */
    static Mark fresh(SourceAnchor anchor) {
        return new Mark(anchor, ChangeVersion.NONE, -1, 0, false);
    }

    /** Reads what {@link #text} wrote; empty if it is not of the form. */
    static Optional<Mark> read(String text) {
        Matcher form = text == null ? null : FORM.matcher(text);
        if (form == null || !form.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Mark(
                            new SourceAnchor(form.group(5)),
                            ChangeVersion.parse(form.group(1)),
                            Integer.parseInt(form.group(2)),
                            Long.parseLong(form.group(3)),
                            form.group(4).equals("p")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String text() {
        return "passbridge 1 %s %d %d %s %s"
                .formatted(version, state, sent, password ? "p" : "n", anchor.value());
    }
}
