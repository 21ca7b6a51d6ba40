/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.host.ConnectorStatus;
import io.passbridge.crypto.FipsReport;
import io.passbridge.event.JournalRecord;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeySetStatus;
import io.passbridge.sync.RouteStatus;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Set;

/**
 * One name in JSON for each thing, whatever the record that tells of it calls it; {@code
 * docs/json.md} lists them. A record that only packs another one up leaves no trace: what is inside
 * stands where the others do.
 */
final class JsonNames {
    /** For a component whose own components take its place. */
    private static final String UNPACKED = "";

    private static final Map<String, String> EVERYWHERE =
            Map.of(
                    "phase", "state",
                    "instance", "connector",
                    "keySetId", "keySet",
                    "why", "reason");

    private static final Map<Class<?>, Map<String, String>> OF_RECORDS =
            Map.of(
                    RouteStatus.class, Map.of("name", "route", "counts", UNPACKED),
                    ConnectorStatus.class, Map.of("name", "connector"),
                    ConnectorDescriptor.Parameter.class, Map.of("name", "parameter"),
                    JournalRecord.class, Map.of("number", "event"),
                    KeyInfo.class, Map.of("id", "key", "status", "state"));

    private static final Set<Class<?>> STATUSES =
            Set.of(KeySetStatus.class, ConnectorStatus.class, FipsReport.class);

    private JsonNames() {}

    static String of(Class<?> record, String component) {
        String own = OF_RECORDS.getOrDefault(record, Map.of()).get(component);
        return own == null ? EVERYWHERE.getOrDefault(component, component) : own;
    }

    /** The name of a component; empty if what is inside takes its place. */
    static String of(Class<?> record, RecordComponent component) {
        return STATUSES.contains(component.getType()) ? UNPACKED : of(record, component.getName());
    }
}
