/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import java.time.Instant;

/**
 * Conversions between instants and FILETIMEs: 100-nanosecond intervals since 1601 (MS-DTYP 2.3.3).
 */
final class FileTime {
    private static final long EPOCH_SECONDS = 11_644_473_600L;
    private static final long PER_SECOND = 10_000_000L;

    private FileTime() {}

    static long of(Instant instant) {
        return (instant.getEpochSecond() + EPOCH_SECONDS) * PER_SECOND + instant.getNano() / 100;
    }

    static long ofSeconds(long secondsSince1601) {
        return secondsSince1601 * PER_SECOND;
    }

    static Instant toInstant(long fileTime) {
        return Instant.ofEpochSecond(
                fileTime / PER_SECOND - EPOCH_SECONDS, fileTime % PER_SECOND * 100);
    }
}
