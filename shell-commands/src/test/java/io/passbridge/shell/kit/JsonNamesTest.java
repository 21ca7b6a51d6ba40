/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.host.AccountAdministration.AccountStatus;
import io.passbridge.connector.host.ConnectorStatus;
import io.passbridge.keys.KeyInfo;
import io.passbridge.sync.RouteStatus;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonNamesTest {
    @Test
    void oneThing_hasOneName() throws Exception {
        String page = Files.readString(Path.of("../docs/json.md"));
        assertThat(names(RouteStatus.class)).contains("route", "state").doesNotContain("name");
        assertThat(names(ConnectorStatus.class))
                .contains("connector", "state")
                .doesNotContain("name");
        assertThat(names(AccountStatus.class)).contains("connector", "state", "name");
        assertThat(names(KeyInfo.class)).contains("key", "state").doesNotContain("id", "status");
        for (String name : List.of("route", "connector", "state", "key", "keySet")) {
            assertThat(page).contains("`" + name + "`");
        }
    }

    private static List<String> names(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .map(component -> JsonNames.of(type, component))
                .toList();
    }
}
