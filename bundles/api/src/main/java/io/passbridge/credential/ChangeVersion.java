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
 * <p>A history can begin again: a source is restored, its clock is corrected, its times come from
 * another attribute. The versions after that belong to a later epoch, which outweighs sequence and
 * time. The platform counts epochs, in the upper bits of the sequence; sources leave them at 0.
 *
 * @param sequence not negative; of a source, below 2 to the power of 48
 * @param time 100-nanosecond intervals since 1601-01-01T00:00:00Z (FILETIME), not negative
 */
public record ChangeVersion(long sequence, long time) implements Comparable<ChangeVersion> {
    /** Says that the source knows nothing of the user: older than anything that is known. */
    public static final ChangeVersion NONE = new ChangeVersion(0, 0);

    /** The latest epoch. */
    public static final int MAX_EPOCH = (1 << 15) - 1;

    private static final int SEQUENCE_BITS = 48;

    private static final Comparator<ChangeVersion> ORDER =
            Comparator.comparingLong(ChangeVersion::sequence)
                    .thenComparingLong(ChangeVersion::time);

    public ChangeVersion {
        if (sequence < 0 || time < 0) {
            throw new IllegalArgumentException(
                    "version " + sequence + "." + time + " has a negative part");
        }
    }

    /** In which beginning of the user's history this version lies; 0 is the first. */
    public int epoch() {
        return (int) (sequence >>> SEQUENCE_BITS);
    }

    /**
     * The same version of the source in another epoch.
     *
     * @param epoch 0 to {@link #MAX_EPOCH}
     */
    public ChangeVersion inEpoch(int epoch) {
        if (epoch < 0 || epoch > MAX_EPOCH) {
            throw new IllegalArgumentException(
                    "epoch is " + epoch + "; 0 to " + MAX_EPOCH + " are allowed");
        }
        long own = sequence & (1L << SEQUENCE_BITS) - 1;
        return new ChangeVersion((long) epoch << SEQUENCE_BITS | own, time);
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
