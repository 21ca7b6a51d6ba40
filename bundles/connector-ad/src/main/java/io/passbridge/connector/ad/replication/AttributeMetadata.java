/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.replication;

import java.time.Instant;
import java.util.UUID;

/**
 * When and where the present state of one attribute was made (MS-DRSR 5.160,
 * PROPERTY_META_DATA_EXT).
 *
 * <p>For one attribute of one object a higher version is newer. Among equal originators the update
 * number orders; the update numbers of different originators are not comparable.
 *
 * @param version grows by one with every originating write, unsigned 32 bits
 * @param changedSeconds seconds since 1601-01-01T00:00:00Z
 * @param originatingInvocation the controller database that made the write
 * @param originatingUsn that database's update sequence number
 */
public record AttributeMetadata(
        long version, long changedSeconds, UUID originatingInvocation, long originatingUsn) {
    private static final long SECONDS_1601_TO_1970 = 11_644_473_600L;

    /** The time of the originating write, in whole seconds. */
    public Instant changed() {
        return Instant.ofEpochSecond(changedSeconds - SECONDS_1601_TO_1970);
    }
}
