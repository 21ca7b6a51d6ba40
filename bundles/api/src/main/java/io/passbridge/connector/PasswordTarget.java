/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** Capability of a target: takes digests. */
@ConsumerType
public interface PasswordTarget {
    /**
     * The digest schemes that the target can verify: {@code pph1}, {@code pph2}, or {@code
     * userPassword} schemes in upper case that may be passed through as they are. A scheme that is
     * not listed is never sent.
     */
    Set<String> schemes() throws ConnectorException;

    /**
     * Why the target does not list a scheme that it could verify, if the FIPS policy is the reason.
     *
     * @return what the policy refuses, with the settings that permit it; empty if it is not the
     *     policy, or the scheme is listed
     */
    default Optional<String> refusal(String scheme) throws ConnectorException {
        return Optional.empty();
    }

    /**
     * Applies a batch. Idempotent by version: the same batch may come again after a crash or an
     * unknown outcome, and an older version never replaces a newer one. Each item stands alone; a
     * bad one does not hold up the others.
     *
     * @param batch 1 to 1,000 updates, at most one for a user
     * @return one outcome for each item, in the order of the batch
     * @throws ConnectorException if the batch as a whole failed; kind {@code OUTCOME_UNKNOWN} if
     *     parts of it may have been applied
     */
    List<ItemOutcome> apply(List<PasswordUpdate> batch) throws ConnectorException;
}
