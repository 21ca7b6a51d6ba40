/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import java.util.List;

/**
 * What one page of a source could not use.
 *
 * @param startsOver whether the source is read from its beginning again with this page: whatever
 *     was reported before is void. A full run always starts over, whatever stands here.
 * @param items in any order
 */
public record UnusableReport(boolean startsOver, List<UnusableItem> items) {
    /** Everything could be used. */
    public static final UnusableReport NONE = new UnusableReport(false, List.of());

    public UnusableReport {
        items = List.copyOf(items);
    }

    /** Whether there is nothing to record. */
    public boolean isEmpty() {
        return !startsOver && items.isEmpty();
    }
}
