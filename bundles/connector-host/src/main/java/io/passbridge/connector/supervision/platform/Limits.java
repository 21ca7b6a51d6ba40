/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision.platform;

import java.time.Duration;

/**
 * Time limits of the host.
 *
 * @param call the longest run of a call
 * @param test the longest run of a test
 * @param drain how long a running call may go on when its connector goes away
 * @param close the longest that opening or closing may take
 * @param grace how long an interrupted call may take to end
 */
public record Limits(Duration call, Duration test, Duration drain, Duration close, Duration grace) {
    private static final Duration GRACE = Duration.ofSeconds(2);

    public static Limits of(HostConfiguration configuration) {
        return new Limits(
                seconds("callTimeoutSeconds", configuration.callTimeoutSeconds()),
                seconds("testTimeoutSeconds", configuration.testTimeoutSeconds()),
                seconds("drainSeconds", configuration.drainSeconds()),
                seconds("closeTimeoutSeconds", configuration.closeTimeoutSeconds()),
                GRACE);
    }

    private static Duration seconds(String name, int value) {
        if (value < 1 || value > 86_400) {
            throw new IllegalArgumentException(
                    name
                            + " is "
                            + value
                            + "; set 1 to 86400 in etc/io.passbridge.connector.host.cfg");
        }
        return Duration.ofSeconds(value);
    }
}
