/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.store.jdbc.database.Database;
import io.passbridge.store.jdbc.opening.Opening;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserKeyTest {
    /** Two anchors whose hashes agree in every bit that the key keeps. */
    private static final SourceAnchor ONE = new SourceAnchor("user-5205593");

    private static final SourceAnchor TWO = new SourceAnchor("user-6618182");

    @TempDir Path folder;

    @Test
    void of_keepsRoutesApart() {
        assertThat(UserKey.route(UserKey.of(7, ONE, 0))).isEqualTo(7);
        assertThat(UserKey.of(7, ONE, 0)).isBetween(UserKey.first(7), UserKey.first(8) - 1);
        assertThat(UserKey.route(UserKey.of(UserKey.MAX_ROUTE, ONE, 1)))
                .isEqualTo(UserKey.MAX_ROUTE);
    }

    @Test
    void usersWithEqualKeys_areKeptApart() throws Exception {
        assertThat(UserKey.of(1, ONE, 0)).isEqualTo(UserKey.of(1, TWO, 0));
        try (Database database = Opening.embedded(folder, 2).open()) {
            write(database, List.of(user(ONE, 1), user(TWO, 2)));
            assertThat(read(database)).isEqualTo(Map.of(ONE, user(ONE, 1), TWO, user(TWO, 2)));
            write(database, List.of(user(TWO, 3)));
            write(database, List.of(user(ONE, 4)));
            assertThat(read(database)).isEqualTo(Map.of(ONE, user(ONE, 4), TWO, user(TWO, 3)));
        }
    }

    @Test
    void secondUserWithAnEqualKey_isFoundWithoutTheFirst() throws Exception {
        try (Database database = Opening.embedded(folder, 2).open()) {
            write(database, List.of(user(ONE, 1)));
            write(database, List.of(user(TWO, 2)));
            Map<SourceAnchor, UserState> found =
                    database.read(connection -> UserTable.read(connection, 1, List.of(TWO)));
            assertThat(found).isEqualTo(Map.of(TWO, user(TWO, 2)));
        }
    }

    private static void write(Database database, List<UserState> users) throws Exception {
        database.write(connection -> UserTable.write(connection, 1, users));
    }

    private static Map<SourceAnchor, UserState> read(Database database) throws Exception {
        return database.read(connection -> UserTable.read(connection, 1, List.of(ONE, TWO)));
    }

    private static UserState user(SourceAnchor anchor, long sequence) {
        return new UserState(
                anchor,
                new ChangeVersion(sequence, 0),
                AccountState.ACTIVE,
                Outcome.APPLIED,
                "",
                Instant.EPOCH);
    }
}
