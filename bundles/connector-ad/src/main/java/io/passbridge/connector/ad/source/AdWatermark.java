/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.Watermark;
import io.passbridge.connector.ad.replication.ReplicationCursor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The connector's position: the cursor of the last complete run, the time up to which expiries have
 * been looked at, and, within a run, which run of this process and which page of it. Only a
 * position at the end of a run is durable; one within a run continues in the process that made it
 * and otherwise means 'begin the run again'.
 *
 * @param cursor of the last complete run; empty before the first one
 * @param lookedAt FILETIME
 * @param run number of the run within the process; 0 at the end of a run
 * @param page pages of it that have been given out
 */
record AdWatermark(Optional<ReplicationCursor> cursor, long lookedAt, long run, int page) {
    static final AdWatermark START = new AdWatermark(Optional.empty(), 0, 0, 0);

    private static final byte FORMAT = 1;
    private static final int HEAD = 1 + Long.BYTES + Long.BYTES + Integer.BYTES;

    Watermark toWatermark() {
        byte[] tail = cursor.map(ReplicationCursor::toBytes).orElseGet(() -> new byte[0]);
        return Watermark.of(
                ByteBuffer.allocate(HEAD + tail.length)
                        .put(FORMAT)
                        .putLong(lookedAt)
                        .putLong(run)
                        .putInt(page)
                        .put(tail)
                        .array());
    }

    static AdWatermark parse(Watermark watermark) throws ConnectorException {
        if (watermark.isBeginning()) {
            return START;
        }
        byte[] bytes = watermark.toBytes();
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            if (bytes.length < HEAD || in.get() != FORMAT) {
                throw new IllegalArgumentException("it is not of format " + FORMAT);
            }
            long lookedAt = in.getLong();
            long run = in.getLong();
            int page = in.getInt();
            return new AdWatermark(
                    bytes.length == HEAD
                            ? Optional.empty()
                            : Optional.of(
                                    ReplicationCursor.parse(
                                            Arrays.copyOfRange(bytes, HEAD, bytes.length))),
                    lookedAt,
                    run,
                    page);
        } catch (IllegalArgumentException e) {
            throw new ConnectorException(
                    Kind.WATERMARK_EXPIRED,
                    "the stored position cannot be used: "
                            + e.getMessage()
                            + "; a full run follows");
        }
    }

    /** The same durable position, as a place within a run. */
    AdWatermark within(long ofRun, int ofPage) {
        return new AdWatermark(cursor, lookedAt, ofRun, ofPage);
    }
}
