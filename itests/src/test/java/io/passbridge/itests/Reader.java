/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.Watermark;
import io.passbridge.connector.host.ConnectorRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reads a source from its beginning to its end, again from the last watermark after a failure. */
final class Reader extends Worker {
    private final ConnectorRegistry registry;
    private final String instance;
    private final int limit;
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private Watermark watermark = Watermark.BEGINNING;

    Reader(ConnectorRegistry registry, String instance, int limit) {
        this.registry = registry;
        this.instance = instance;
        this.limit = limit;
        start();
    }

    @Override
    boolean step() throws ConnectorException, InterruptedException {
        try (ChangePage page =
                registry.call(
                        instance,
                        PasswordSource.class,
                        source -> source.changes(watermark, limit))) {
            page.changes().forEach(change -> seen.add(change.anchor().value()));
            watermark = page.next();
            return page.more();
        }
    }

    /** The anchors in the order in which they came. */
    List<String> finish() throws Exception {
        awaitEnd();
        return List.copyOf(seen);
    }
}
