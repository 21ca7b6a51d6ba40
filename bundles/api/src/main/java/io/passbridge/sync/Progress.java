/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a running cycle has come.
 *
 * @param done users whose outcome is recorded
 * @param expected users that the cycle is going to deal with, or -1 if the source cannot tell
 * @param perSecond users a second, over the last seconds
 */
public record Progress(long done, long expected, double perSecond) {
    /** How long the rest is going to take, if that can be told. */
    public Optional<Duration> remaining() {
        if (expected < done || perSecond <= 0) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis((long) ((expected - done) / perSecond * 1000)));
    }
}
