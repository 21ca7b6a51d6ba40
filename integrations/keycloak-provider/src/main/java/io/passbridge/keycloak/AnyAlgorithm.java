/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import java.util.List;

/**
 * Permits what a stored digest needs. Which digests may leave for Keycloak is decided, and counted,
 * by the platform that sends them.
 */
final class AnyAlgorithm implements LegacyPolicy {
    @Override
    public boolean fipsEnforced() {
        return false;
    }

    @Override
    public void use(LegacyAlgorithm algorithm, String purpose) {
        // nothing to refuse
    }

    @Override
    public List<LegacyUse> uses() {
        return List.of();
    }
}
