/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.replication;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Up to which update of each controller database a replica is complete (MS-DRSR 5.166,
 * UPTODATE_VECTOR). It holds at any controller of the domain.
 *
 * @param entries highest originating update number by invocation id; immutable
 */
public record UpToDatenessVector(Map<UUID, Long> entries) {
    /** Knows nothing. */
    public static final UpToDatenessVector EMPTY = new UpToDatenessVector(Map.of());

    public UpToDatenessVector {
        entries = Map.copyOf(entries);
        entries.forEach(
                (id, usn) -> {
                    if (usn < 0) {
                        throw new IllegalArgumentException(
                                "update number " + usn + " of " + id + " is negative");
                    }
                });
    }

    /** The highest update of that database that is included; 0 if the database is not known. */
    public long usn(UUID invocation) {
        return entries.getOrDefault(invocation, 0L);
    }

    /** Whether everything the other vector includes is included here too. */
    public boolean covers(UpToDatenessVector other) {
        return other.entries.entrySet().stream().allMatch(e -> usn(e.getKey()) >= e.getValue());
    }

    /** What this vector and the other include together. */
    public UpToDatenessVector merged(UpToDatenessVector other) {
        Map<UUID, Long> all = new HashMap<>(entries);
        other.entries.forEach((id, usn) -> all.merge(id, usn, Math::max));
        return new UpToDatenessVector(all);
    }

    /** The entries in a fixed order, for storage. */
    SortedMap<UUID, Long> sorted() {
        return new TreeMap<>(entries);
    }
}
