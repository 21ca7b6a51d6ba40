/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.gate;

import io.passbridge.sync.Gate;
import java.util.function.Supplier;

/** Listens to a user's way through the gates; texts are made only where somebody listens. */
public interface GateTrace {
    GateTrace NONE = (name, verdict, text) -> {};

    void add(String name, Gate.Verdict verdict, Supplier<String> text);

    default void passed(String name, Supplier<String> text) {
        add(name, Gate.Verdict.PASSED, text);
    }

    default void stopped(String name, Supplier<String> text) {
        add(name, Gate.Verdict.STOPPED, text);
    }
}
