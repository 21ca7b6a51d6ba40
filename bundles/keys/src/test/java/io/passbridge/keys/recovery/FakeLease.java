/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.recovery;

import io.passbridge.store.WriterLease;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A lease in memory. */
final class FakeLease implements WriterLease {
    Optional<Lease> held = Optional.empty();

    @Override
    public Optional<Lease> acquire(String holder, Duration validity) {
        return held.isPresent() && !held.get().holder().equals(holder)
                ? Optional.empty()
                : Optional.of(seize(holder, validity));
    }

    @Override
    public Lease seize(String holder, Duration validity) {
        long token = held.map(Lease::token).orElse(0L) + 1;
        held = Optional.of(new Lease(holder, token, Instant.now().plus(validity)));
        return held.get();
    }

    @Override
    public void release(String holder) {
        held = Optional.empty();
    }

    @Override
    public Optional<Lease> current() {
        return held;
    }
}
