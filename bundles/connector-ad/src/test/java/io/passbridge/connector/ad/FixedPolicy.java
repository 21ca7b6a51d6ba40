/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad;

import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.LegacyRefusedException;
import java.util.ArrayList;
import java.util.List;

/** A policy that always gives the same answer and remembers what it was asked. */
public final class FixedPolicy implements LegacyPolicy {
    private final boolean enforced;
    private final List<LegacyAlgorithm> asked = new ArrayList<>();

    private FixedPolicy(boolean enforced) {
        this.enforced = enforced;
    }

    public static FixedPolicy permitting() {
        return new FixedPolicy(false);
    }

    public static FixedPolicy refusing() {
        return new FixedPolicy(true);
    }

    public List<LegacyAlgorithm> asked() {
        return asked;
    }

    @Override
    public boolean fipsEnforced() {
        return enforced;
    }

    @Override
    public void use(LegacyAlgorithm algorithm, String purpose) {
        asked.add(algorithm);
        if (enforced) {
            throw new LegacyRefusedException(algorithm, purpose);
        }
    }

    @Override
    public List<LegacyUse> uses() {
        return List.of();
    }
}
