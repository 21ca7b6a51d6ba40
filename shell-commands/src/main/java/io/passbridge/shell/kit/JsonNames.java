/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import io.passbridge.connector.host.ConnectorStatus;
import io.passbridge.keys.KeyInfo;
import io.passbridge.sync.RouteStatus;
import java.util.Map;

/**
 * One name in JSON for each thing, whatever the record that tells of it calls it; {@code
 * docs/json.md} lists them.
 */
final class JsonNames {
    private static final Map<String, String> EVERYWHERE =
            Map.of("phase", "state", "instance", "connector", "keySetId", "keySet");

    private static final Map<Class<?>, Map<String, String>> OF_RECORDS =
            Map.of(
                    RouteStatus.class, Map.of("name", "route"),
                    ConnectorStatus.class, Map.of("name", "connector"),
                    KeyInfo.class, Map.of("id", "key", "status", "state"));

    private JsonNames() {}

    static String of(Class<?> record, String component) {
        String own = OF_RECORDS.getOrDefault(record, Map.of()).get(component);
        return own == null ? EVERYWHERE.getOrDefault(component, component) : own;
    }
}
