/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whoever stores sealed values registers itself as this service, so that the key set can count,
 * rewrap and guard them. Thread-safe.
 */
@ConsumerType
public interface SealedValueOwner {
    /** A constant name for reports: {@code account secrets}. */
    String name();

    /**
     * A page of the stored values in a stable order.
     *
     * @param after the locator of the last item of the page before, or an empty text for the first
     *     page
     * @param limit at most so many items, 1 to 10,000
     */
    List<Item> page(String after, int limit) throws KeyException;

    /**
     * Replaces values, all in one transaction, each only if it is still the one that was read.
     *
     * @return how many were replaced; those that changed in between are left for the next pass
     */
    int replace(List<Replacement> replacements) throws KeyException;

    /**
     * A stored value.
     *
     * @param locator where it is, in the order of {@link #page}
     * @param binding what it is bound to, computed by the owner from where it stands
     * @param value the value
     */
    record Item(String locator, Binding binding, SealedValue value) {}

    /** An item and the value that is to replace its value. */
    record Replacement(Item item, SealedValue value) {}
}
