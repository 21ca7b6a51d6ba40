/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.simulation;

import io.passbridge.store.RunHistory;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** Keeps runs in memory. */
public final class MemoryHistory implements RunHistory {
    public final ConcurrentSkipListMap<Long, Run> runs = new ConcurrentSkipListMap<>();

    @Override
    public synchronized void put(Run run, long fencingToken) {
        runs.put(run.id(), run);
    }

    @Override
    public synchronized long nextId() {
        return runs.isEmpty() ? 1 : runs.lastKey() + 1;
    }

    @Override
    public synchronized List<Run> list(String route, int limit) {
        return runs.values().stream()
                .sorted(Comparator.comparing(Run::id).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized int purge(Instant before) {
        return 0;
    }
}
