/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keeper;

import io.passbridge.credential.LegacyPolicy;
import io.passbridge.health.Finding;
import io.passbridge.keys.ring.KeySet;
import io.passbridge.keys.ring.Slot;
import java.util.Optional;

/**
 * What of a key set has to be made anew under FIPS. Sealed values and the key-set file have
 * approved algorithms in any case; a protection may have others.
 */
public record ProtectionReview(Protectors protectors, LegacyPolicy policy) {
    /** In words with the command; empty if everything is approved or FIPS is not enforced. */
    public Optional<String> of(KeySet keySet) {
        if (!policy.fipsEnforced()) {
            return Optional.empty();
        }
        return keySet.slots().stream()
                .flatMap(slot -> unapproved(slot).stream())
                .findFirst()
                .map(
                        what ->
                                "the key set is protected by way of "
                                        + what
                                        + ", which FIPS does not approve: keys:passwd protects it"
                                        + " anew, and keys:export makes an export like that");
    }

    private Optional<String> unapproved(Slot slot) {
        return protectors
                .find(slot.protector())
                .flatMap(protector -> protector.unapproved(slot.protectedRoot()));
    }

    public Optional<Finding> finding(KeySet keySet) {
        return of(keySet)
                .map(
                        text ->
                                Finding.warning(
                                        "key set", text, "keys:passwd, before the next start"));
    }
}
