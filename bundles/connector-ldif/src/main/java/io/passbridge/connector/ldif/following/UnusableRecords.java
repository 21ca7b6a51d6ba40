/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.UnusableItem;
import io.passbridge.connector.UnusableReport;
import io.passbridge.connector.ldif.record.BadRecords;
import io.passbridge.credential.SourceAnchor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Collects the unusable records of a page, and reports each to the platform once, however often the
 * file is read.
 */
public final class UnusableRecords implements BadRecords {
    /** So many are remembered as reported; then the memory begins anew. */
    private static final int REMEMBERED = 10_000;

    private final Path file;
    private final ConnectorContext context;
    private final List<UnusableItem> items = new ArrayList<>();
    private final Set<UnusableItem> reported = new HashSet<>();

    public UnusableRecords(Path file, ConnectorContext context) {
        this.file = file;
        this.context = context;
    }

    @Override
    public void report(long line, String name, Optional<SourceAnchor> anchor, String reason) {
        UnusableItem item = new UnusableItem(file + ":" + line, name, anchor, reason);
        items.add(item);
        if (reported.size() >= REMEMBERED) {
            reported.clear();
        }
        if (reported.add(item)) {
            context.reportBadRecord(item.place(), name.isEmpty() ? reason : name + ": " + reason);
        }
    }

    /** Forgets what a page that came to nothing had collected. */
    void begin() {
        items.clear();
    }

    UnusableReport take(boolean startsOver) {
        return new UnusableReport(startsOver, items);
    }
}
