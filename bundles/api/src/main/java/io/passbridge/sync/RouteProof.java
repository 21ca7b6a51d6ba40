/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync;

import io.passbridge.store.Parity;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How well it is known that a route's target holds what the source holds.
 *
 * @param since everybody in step was compared after this; empty if not everybody was yet
 * @param until and before this
 * @param people how many were compared then, by what was found
 * @param doubts how many are in doubt now
 * @param hindrance why the comparison does not go on; empty if it does
 */
public record RouteProof(
        Optional<Instant> since,
        Optional<Instant> until,
        Map<Parity, Long> people,
        Map<Parity, Long> doubts,
        String hindrance) {
    public RouteProof {
        people = Map.copyOf(people);
        doubts = Map.copyOf(doubts);
    }

    /** How many are in doubt so. */
    public long doubts(Parity parity) {
        return doubts.getOrDefault(parity, 0L);
    }
}
