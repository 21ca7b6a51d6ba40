/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.vectors;

import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.LegacyRefusedException;
import java.util.ArrayList;
import java.util.List;

/** Permits everything, or nothing, and remembers what was asked. */
public final class RecordingPolicy implements LegacyPolicy {
    private final boolean enforced;
    private final List<String> asked = new ArrayList<>();

    public RecordingPolicy(boolean enforced) {
        this.enforced = enforced;
    }

    @Override
    public boolean fipsEnforced() {
        return enforced;
    }

    @Override
    public synchronized void use(LegacyAlgorithm algorithm, String purpose) {
        asked.add(algorithm + " to " + purpose);
        if (enforced) {
            throw new LegacyRefusedException(algorithm, purpose, "");
        }
    }

    public synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public List<LegacyUse> uses() {
        return List.of();
    }
}
