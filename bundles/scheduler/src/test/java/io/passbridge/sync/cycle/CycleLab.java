/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.cycle;

import io.passbridge.credential.SourceAnchor;
import io.passbridge.sync.simulation.Bench;
import org.junit.jupiter.api.AfterEach;

/** A route with a simulated source, target and store, one cycle at a time. */
abstract class CycleLab {
    final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    void people(int count) {
        for (int i = 0; i < count; i++) {
            bench.source.password("user" + i, "first" + i);
        }
    }

    static SourceAnchor anchor(String user) {
        return new SourceAnchor(user);
    }
}
