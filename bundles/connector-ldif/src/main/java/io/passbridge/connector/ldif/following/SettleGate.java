/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ldif.record.FileState;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Says whether somebody is still writing: a file is settled when its size, time and identity have
 * been the same for a while. Age alone will not do, because copying tools set old times on files
 * that they are still writing. Thread-safe.
 */
public final class SettleGate {
    /** After this many quiet times a last record counts although no blank line ends it. */
    private static final int PATIENCE = 10;

    private final Path file;
    private final Duration settle;
    private final long settleNanos;
    private FileState seen;
    private long seenSince;
    private volatile boolean heldBack;

    public SettleGate(Path file, Duration settle) {
        this.file = file;
        this.settle = settle;
        this.settleNanos = settle.toNanos();
    }

    /**
     * A look at the file.
     *
     * @param settled whether it has been unchanged for long enough to be read
     * @param abandoned whether it has been unchanged for so long that nobody is going to write the
     *     rest of a record
     * @param quietNanos how long it has been unchanged, as far as is known
     */
    record Look(FileState state, boolean settled, boolean abandoned, long quietNanos) {}

    synchronized Look look() throws ConnectorException {
        FileState now = FileState.of(file);
        long time = System.nanoTime();
        if (!now.equals(seen)) {
            seen = now;
            seenSince = time;
        }
        long quiet = time - seenSince;
        return new Look(now, quiet >= settleNanos, quiet >= settleNanos * PATIENCE, quiet);
    }

    /** How long the file must have been unchanged before it is read. */
    Duration settle() {
        return settle;
    }

    /** Notes whether the reader left a last record unread because its end is missing. */
    void heldBack(boolean whether) {
        heldBack = whether;
    }

    boolean heldBack() {
        return heldBack;
    }

    /** How long to wait until a file that does not change from now on is settled. */
    long nanosToSettle(Look look) {
        return Math.max(0, settleNanos - look.quietNanos());
    }
}
