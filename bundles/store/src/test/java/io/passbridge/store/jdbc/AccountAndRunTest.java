/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.passbridge.keys.Binding;
import io.passbridge.keys.SealedValue;
import io.passbridge.keys.SealedValueOwner.Item;
import io.passbridge.keys.SealedValueOwner.Replacement;
import io.passbridge.store.AccountSecrets.StoredAccount;
import io.passbridge.store.RunHistory.Result;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.store.StoreException;
import io.passbridge.store.jdbc.database.Database;
import io.passbridge.store.jdbc.opening.Opening;
import io.passbridge.store.jdbc.secrets.JdbcAccountSecrets;
import io.passbridge.store.jdbc.sync.JdbcRunHistory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountAndRunTest {
    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_123L);

    @TempDir Path folder;
    private Database database;
    private JdbcAccountSecrets accounts;
    private JdbcRunHistory runs;

    @BeforeEach
    void open() throws Exception {
        database = Opening.embedded(folder, 2).open();
        accounts = new JdbcAccountSecrets(database);
        runs = new JdbcRunHistory(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static StoredAccount account(String instance, int secret) {
        return new StoredAccount(instance, "svc", sealed(secret), AT, Optional.empty());
    }

    private static SealedValue sealed(int secret) {
        return SealedValue.of(new byte[] {(byte) secret, 2, 3});
    }

    @Test
    void put_replacesWhatWasThere() throws Exception {
        accounts.put(account("corp", 1));
        accounts.put(account("corp", 2));
        assertThat(accounts.list()).containsExactly(account("corp", 2));
        assertThat(accounts.find("corp")).contains(account("corp", 2));
        assertThat(accounts.find("other")).isEmpty();
    }

    @Test
    void verified_isRemembered() throws Exception {
        accounts.put(account("corp", 1));
        accounts.verified("corp", AT);
        assertThat(accounts.find("corp").orElseThrow().verifiedAt()).contains(AT);
        accounts.verified("nobody", AT);
        assertThat(accounts.list()).hasSize(1);
    }

    @Test
    void remove_removes() throws Exception {
        accounts.put(account("corp", 1));
        accounts.remove("corp");
        accounts.remove("corp");
        assertThat(accounts.list()).isEmpty();
    }

    @Test
    void page_goesThroughAllOfThemWithTheirBinding() throws Exception {
        for (String instance : List.of("a", "b", "c")) {
            accounts.put(account(instance, 1));
        }
        List<Item> first = accounts.page("", 2);
        assertThat(first).extracting(Item::locator).containsExactly("a", "b");
        assertThat(first.get(0).binding())
                .isEqualTo(new Binding("account", "connector a", "secret"));
        assertThat(accounts.page("b", 2)).extracting(Item::locator).containsExactly("c");
        assertThat(accounts.page("c", 2)).isEmpty();
    }

    @Test
    void replace_leavesWhatChangedInBetween() throws Exception {
        accounts.put(account("a", 1));
        accounts.put(account("b", 1));
        List<Item> items = accounts.page("", 10);
        accounts.put(account("b", 9));
        int replaced =
                accounts.replace(
                        items.stream().map(item -> new Replacement(item, sealed(5))).toList());
        assertThat(replaced).isOne();
        assertThat(accounts.find("a").orElseThrow().secret()).isEqualTo(sealed(5));
        assertThat(accounts.find("b").orElseThrow().secret()).isEqualTo(sealed(9));
    }

    private static Run run(long id, String route, Optional<Instant> endedAt) {
        return new Run(id, route, true, AT, endedAt, Result.PARTLY, 5, 4, 3, 2, 1, "");
    }

    private void put(Run run) throws StoreException {
        runs.put(run, StoreLab.seize(database, run.route(), "test"));
    }

    @Test
    void run_ofAServerThatWasFencedOut_isNotRecorded() throws Exception {
        long old = StoreLab.seize(database, "a", "test");
        StoreLab.seize(database, "a", "other");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> runs.put(run(1, "a", Optional.of(AT)), old))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.FENCED));
        assertThat(runs.list("", 10)).isEmpty();
    }

    @Test
    void runs_areListedNewestFirst() throws Exception {
        long first = runs.nextId();
        long second = runs.nextId();
        assertThat(second).isGreaterThan(first);
        put(run(first, "a", Optional.empty()));
        put(run(first, "a", Optional.of(AT)));
        put(run(second, "b", Optional.empty()));
        assertThat(runs.list("", 10))
                .containsExactly(
                        run(second, "b", Optional.empty()), run(first, "a", Optional.of(AT)));
        assertThat(runs.list("a", 10)).containsExactly(run(first, "a", Optional.of(AT)));
        assertThat(runs.list("", 1)).hasSize(1);
    }

    @Test
    void purge_removesOldRunsOnly() throws Exception {
        put(run(1, "a", Optional.of(AT)));
        put(run(2, "a", Optional.of(AT.plusSeconds(10))));
        put(run(3, "a", Optional.empty()));
        put(run(4, "b", Optional.empty()));
        put(run(5, "b", Optional.empty()));
        assertThat(runs.purge(AT.plusSeconds(5)))
                .as("run 1, and run 4, in which the platform was killed")
                .isEqualTo(2);
        assertThat(runs.list("b", 10)).extracting(Run::id).containsExactly(5L);
        assertThat(runs.list("a", 10)).extracting(Run::id).containsExactly(3L, 2L);
    }
}
