/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.plugin;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time a far system takes to answer; ends early when the connection is closed. */
final class Latency {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final long millis;

    Latency(long millis) {
        this.millis = millis;
    }

    void pass() throws ConnectorException {
        try {
            if (closed.await(millis, TimeUnit.MILLISECONDS)) {
                throw new ConnectorException(Kind.UNREACHABLE, "the connection is closed");
            }
        } catch (InterruptedException e) {
            throw new ConnectorException(Kind.OUTCOME_UNKNOWN, "the call was interrupted");
        }
    }

    void end() {
        closed.countDown();
    }
}
