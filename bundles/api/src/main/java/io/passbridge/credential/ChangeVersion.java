/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

import java.util.Comparator;

/**
 * The position of a user's credential and account state in that user's own history at its source.
 * Versions of one user are totally ordered; versions of different users are not comparable in
 * meaning.
 *
 * <p>A source with a change counter per user (Active Directory's replication metadata) puts the
 * counter into {@code sequence} and the time of the change into {@code time}; a source that knows
 * only a time leaves {@code sequence} at 0.
 *
 * @param sequence not negative
 * @param time 100-nanosecond intervals since 1601-01-01T00:00:00Z (FILETIME), not negative
 */
public record ChangeVersion(long sequence, long time) implements Comparable<ChangeVersion> {
    private static final Comparator<ChangeVersion> ORDER =
            Comparator.comparingLong(ChangeVersion::sequence)
                    .thenComparingLong(ChangeVersion::time);

    public ChangeVersion {
        if (sequence < 0 || time < 0) {
            throw new IllegalArgumentException(
                    "version " + sequence + "." + time + " has a negative part");
        }
    }

    /**
     * Reads the form that {@link #toString} writes.
     *
     * @throws IllegalArgumentException if the text is not of that form
     */
    public static ChangeVersion parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 1) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a version; expected SEQUENCE.TIME");
        }
        return new ChangeVersion(
                Long.parseLong(text.substring(0, dot)), Long.parseLong(text.substring(dot + 1)));
    }

    @Override
    public int compareTo(ChangeVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return sequence + "." + time;
    }
}
