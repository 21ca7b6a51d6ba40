/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.host.AccountAdministration.AccountStatus;
import io.passbridge.connector.host.ConnectorStatus;
import io.passbridge.event.JournalRecord;
import io.passbridge.keys.KeyInfo;
import io.passbridge.store.Standing;
import io.passbridge.store.SyncState.Counts;
import io.passbridge.sync.RouteStatus;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        assertThat(names(JournalRecord.class)).contains("event").doesNotContain("number");
        assertThat(names(KeyInfo.class)).contains("key", "state").doesNotContain("id", "status");
        for (String name : List.of("route", "connector", "state", "event", "key", "keySet")) {
            assertThat(page).contains("`" + name + "`");
        }
    }

    @Test
    void aRecordThatOnlyPacksAnother_leavesNoTrace() {
        RouteStatus route =
                new RouteStatus(
                        "r",
                        "corp",
                        "cloud",
                        "pph2",
                        "",
                        RouteStatus.Phase.IDLE,
                        "",
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new Counts(Map.of(Standing.IN_STEP, 3L))),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        assertThat(Json.of(route)).contains(",\"people\":{\"in-step\":3").doesNotContain("counts");
        assertThat(Json.of(new Both(CONNECTOR, 1)))
                .startsWith("{\"connector\":\"corp\",")
                .endsWith(",\"more\":1}");
        assertThat(Json.of(new Lone(Optional.empty()))).isEqualTo("{\"held\":null}");
    }

    private static final ConnectorStatus CONNECTOR =
            new ConnectorStatus(
                    "corp",
                    "ldif",
                    ConnectorStatus.Phase.ONLINE,
                    "",
                    Instant.EPOCH,
                    Set.of(),
                    "",
                    0,
                    0,
                    0);

    private record Both(ConnectorStatus status, int more) {}

    private record Lone(Optional<String> held) {}

    private static List<String> names(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .map(component -> JsonNames.of(type, component))
                .toList();
    }
}
