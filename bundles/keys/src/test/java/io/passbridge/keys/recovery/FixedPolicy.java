/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.recovery;

import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.LegacyRefusedException;
import java.util.List;

/** Permits everything or nothing. */
record FixedPolicy(boolean fipsEnforced) implements LegacyPolicy {
    @Override
    public void use(LegacyAlgorithm algorithm, String purpose) {
        if (fipsEnforced) {
            throw new LegacyRefusedException(algorithm, purpose, "allow it");
        }
    }

    @Override
    public List<LegacyUse> uses() {
        return List.of();
    }
}
