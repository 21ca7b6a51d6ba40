/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.event;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which records to list. Empty parts do not restrict.
 *
 * @param numbers event numbers
 * @param subject a text that the subject contains
 * @param since not older than this
 */
public record JournalFilter(Set<Integer> numbers, String subject, Optional<Instant> since) {
    /** Every record. */
    public static final JournalFilter ALL = new JournalFilter(Set.of(), "", Optional.empty());

    public JournalFilter {
        numbers = Set.copyOf(numbers);
    }
}
