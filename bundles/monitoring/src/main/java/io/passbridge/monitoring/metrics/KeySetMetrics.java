/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.monitoring.metrics;

import static io.passbridge.monitoring.metrics.Family.label;

import io.passbridge.keys.KeySetStatus;
import io.passbridge.keys.KeySetView;
import io.passbridge.keys.KeyStatus;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/** The age of the key set and of its export; nothing of its keys but how many there are. */
record KeySetMetrics(KeySetView keySet) {
    List<MetricSnapshot> collect() {
        KeySetStatus status = keySet.status();
        return List.of(
                new Family("passbridge_keyset_unlocked", "1 while the key set is unlocked.")
                        .add(status.unlocked() ? 1 : 0)
                        .gauge(),
                new Family(
                                "passbridge_keyset_created_timestamp_seconds",
                                "When the key set was made.")
                        .add(status.created())
                        .gauge(),
                new Family(
                                "passbridge_keyset_newest_key_timestamp_seconds",
                                "When the newest key was made.")
                        .add(status.newestKey())
                        .gauge(),
                new Family(
                                "passbridge_keyset_exported_timestamp_seconds",
                                "When the key set was last exported, and the export checked.")
                        .add(status.exported())
                        .gauge(),
                new Family(
                                "passbridge_keyset_export_outdated",
                                "1 if there is a key that no export has.")
                        .add(status.exportOutdated() ? 1 : 0)
                        .gauge(),
                new Family(
                                "passbridge_keyset_drilled_timestamp_seconds",
                                "When restoring an export was last rehearsed with success.")
                        .add(status.drilled())
                        .gauge(),
                keys());
    }

    private MetricSnapshot keys() {
        Family keys = new Family("passbridge_keys", "Keys of the key set by their state.");
        for (KeyStatus state : KeyStatus.values()) {
            keys.add(
                    keySet.keys().stream().filter(key -> key.status() == state).count(),
                    "status",
                    label(state));
        }
        return keys.gauge();
    }
}
