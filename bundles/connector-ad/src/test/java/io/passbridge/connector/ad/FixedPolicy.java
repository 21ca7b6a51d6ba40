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

    private final boolean counting;

    private FixedPolicy(boolean enforced, boolean counting) {
        this.enforced = enforced;
        this.counting = counting;
    }

    /** Permits and forgets, for long runs. */
    public static FixedPolicy uncounted() {
        return new FixedPolicy(false, false);
    }

    public static FixedPolicy permitting() {
        return new FixedPolicy(false, true);
    }

    public static FixedPolicy refusing() {
        return new FixedPolicy(true, true);
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
        if (counting) {
            asked.add(algorithm);
        }
        if (enforced) {
            throw new LegacyRefusedException(algorithm, purpose, "allow it");
        }
    }

    @Override
    public List<LegacyUse> uses() {
        return List.of();
    }
}
