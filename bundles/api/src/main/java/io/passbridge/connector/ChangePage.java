/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import io.passbridge.credential.CredentialChange;
import java.util.List;

/**
 * A bounded page of changes, and of what could not be made into changes. Closing it wipes every
 * credential in it.
 *
 * @param changes in the order in which the source made them, as far as one user's changes go; at
 *     most as many as were asked for
 * @param unusable what was met on the way and could not be used
 * @param next where to go on
 * @param more whether there is more to read now
 * @param durable whether {@code next} may be stored and used after a restart or over another
 *     connection. A source that can resume only from the end of a run (Active Directory) says false
 *     on all pages but the last.
 * @param expected how many users a full read is going to bring in all, as far as is known, or -1;
 *     for progress only
 */
public record ChangePage(
        List<CredentialChange> changes,
        UnusableReport unusable,
        Watermark next,
        boolean more,
        boolean durable,
        long expected)
        implements AutoCloseable {
    public ChangePage {
        changes = List.copyOf(changes);
        if (!more && !durable) {
            throw new IllegalArgumentException(
                    "the last page of a run must carry a durable watermark");
        }
    }

    /** A page of a source that could use everything. */
    public ChangePage(
            List<CredentialChange> changes,
            Watermark next,
            boolean more,
            boolean durable,
            long expected) {
        this(changes, UnusableReport.NONE, next, more, durable, expected);
    }

    @Override
    public void close() {
        changes.forEach(CredentialChange::close);
    }
}
