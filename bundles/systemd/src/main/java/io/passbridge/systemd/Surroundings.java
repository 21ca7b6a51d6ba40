/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.systemd;

import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What systemd says to the processes that it starts.
 *
 * @param notifySocket NOTIFY_SOCKET
 * @param watchdog within which time it wants a sign of life
 */
record Surroundings(Optional<String> notifySocket, Optional<Duration> watchdog) {
    private static final Duration STARTING = Duration.ofMillis(100);
    private static final Duration AT_MOST = Duration.ofSeconds(10);

    static Surroundings of(UnaryOperator<String> variable, long pid) {
        String watched = variable.apply("WATCHDOG_PID");
        boolean ours = watched == null || watched.equals(Long.toString(pid));
        return new Surroundings(
                Optional.ofNullable(variable.apply("NOTIFY_SOCKET"))
                        .filter(socket -> !socket.isBlank()),
                Optional.ofNullable(variable.apply("WATCHDOG_USEC"))
                        .filter(micros -> ours && micros.matches("[1-9]\\d{0,17}"))
                        .map(micros -> Duration.ofNanos(Long.parseLong(micros) * 1_000)));
    }

    /** Until the next look; systemd's manual advises half of its time, this is a quarter. */
    Duration pause(boolean ready) {
        if (!ready) {
            return STARTING;
        }
        return watchdog.map(time -> time.dividedBy(4))
                .filter(time -> time.compareTo(AT_MOST) < 0)
                .orElse(AT_MOST);
    }
}
