/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The FIPS policy as those see it who must use an algorithm that is not approved because a protocol
 * forces them. Each use is asked for and counted. A service, thread-safe.
 */
@ProviderType
public interface LegacyPolicy {
    /** Whether only approved algorithms may be used for protection. */
    boolean fipsEnforced();

    /**
     * Asks for and counts one use of a legacy primitive for the named purpose.
     *
     * @param algorithm which primitive
     * @param purpose a short constant text such as {@code read Active Directory}; the key under
     *     which an exception can be configured
     * @throws LegacyRefusedException if the policy is enforced and holds no exception for the
     *     purpose
     */
    void use(LegacyAlgorithm algorithm, String purpose);

    /**
     * Whether {@link #use} would be permitted; nothing is counted.
     *
     * @param algorithm which primitive
     * @param purpose as for {@link #use}
     */
    default boolean permits(LegacyAlgorithm algorithm, String purpose) {
        return !fipsEnforced();
    }

    /**
     * Asks as {@link #use} does, and gives a refusal back instead of throwing it. A use that would
     * be permitted is not counted.
     *
     * @return what is refused, with the setting that permits it
     */
    default Optional<String> refusal(LegacyAlgorithm algorithm, String purpose) {
        if (permits(algorithm, purpose)) {
            return Optional.empty();
        }
        try {
            use(algorithm, purpose);
            return Optional.empty();
        } catch (LegacyRefusedException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** What has been used and refused since the platform started. */
    List<LegacyUse> uses();

    /**
     * A row of the account of legacy use.
     *
     * @param permitted times the use was allowed
     * @param refused times it was not
     * @param last when it was last asked for
     */
    record LegacyUse(
            LegacyAlgorithm algorithm,
            String purpose,
            long permitted,
            long refused,
            Instant last) {}
}
