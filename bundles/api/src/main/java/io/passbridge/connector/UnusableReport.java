/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import java.util.List;

/**
 * What one page of a source could not use, or not yet.
 *
 * @param startsOver whether the source is read from its beginning again with this page: whatever
 *     was reported before is void. A full run always starts over, whatever stands here.
 * @param items in any order
 * @param unread users whom a later attempt may well read, in any order
 */
public record UnusableReport(
        boolean startsOver, List<UnusableItem> items, List<UnreadUser> unread) {
    /** Everything could be used. */
    public static final UnusableReport NONE = new UnusableReport(false, List.of());

    public UnusableReport {
        items = List.copyOf(items);
        unread = List.copyOf(unread);
    }

    /** A report of a source that reads everybody at once or never. */
    public UnusableReport(boolean startsOver, List<UnusableItem> items) {
        this(startsOver, items, List.of());
    }

    /** Whether there is nothing to record; who is read again is recorded as waiting. */
    public boolean isEmpty() {
        return !startsOver && items.isEmpty();
    }
}
