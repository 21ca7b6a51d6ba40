/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.recovery;

import io.passbridge.store.WriterLease;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A lease in memory. */
final class FakeLease implements WriterLease {
    Optional<String> held = Optional.empty();
    int seizures;

    @Override
    public Optional<String> holder() {
        return held;
    }

    @Override
    public SortedSet<String> atWork() {
        return new TreeSet<>(held.stream().toList());
    }

    @Override
    public void seize(String server, Duration validity) {
        held = Optional.of(server);
        seizures++;
    }
}
