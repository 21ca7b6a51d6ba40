/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision.platform;

import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import java.util.List;

/** The policy that is registered now; without one nothing is permitted. */
public final class CurrentLegacyPolicy implements LegacyPolicy {
    private final HostServices platform;

    public CurrentLegacyPolicy(HostServices platform) {
        this.platform = platform;
    }

    private LegacyPolicy current() {
        return platform.legacyPolicy()
                .orElseThrow(
                        () ->
                                new MissingServiceException(
                                        "no FIPS policy is there to be asked for a legacy"
                                            + " algorithm: doctor tells which bundle is missing"));
    }

    @Override
    public boolean fipsEnforced() {
        return current().fipsEnforced();
    }

    @Override
    public void use(LegacyAlgorithm algorithm, String purpose) {
        current().use(algorithm, purpose);
    }

    @Override
    public boolean permits(LegacyAlgorithm algorithm, String purpose) {
        return current().permits(algorithm, purpose);
    }

    @Override
    public List<LegacyUse> uses() {
        return current().uses();
    }
}
