/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.opening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.passbridge.health.Finding;
import io.passbridge.itests.framework.GivenValues;
import io.passbridge.itests.framework.OneService;
import io.passbridge.store.StoreException;
import io.passbridge.store.jdbc.database.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class StoreKeeperTest {
    @TempDir Path folder;
    private final OneService service = new OneService(() -> folder.resolve("data").toString());

    @Test
    void open_registersTheDatabaseUntilItIsClosed() {
        StoreKeeper keeper = keeper(Map.of());
        await().until(() -> service.get() != null);
        assertThat(folder.resolve("data/store/store.mv.db")).exists();
        assertThat(first(keeper).severity()).isEqualTo(Finding.Severity.OK);
        keeper.close();
        assertThat(service.get()).isNull();
    }

    @Test
    void open_ofWhatCannotBeOpened_saysWhyAndSucceedsLater() throws Exception {
        Path blocked = Files.createFile(folder.resolve("blocked"));
        StoreKeeper keeper = keeper(Map.of("folder", blocked.toString()));
        await().until(() -> first(keeper).text().contains("cannot be created"));
        assertThat(first(keeper).severity()).isEqualTo(Finding.Severity.ERROR);
        assertThat(first(keeper).text()).contains(blocked.toString());
        assertThat(service.get()).isNull();

        Files.delete(blocked);
        await().until(() -> service.get() != null);
        keeper.close();
    }

    @Test
    void close_whileTheDatabaseIsBeingOpened_waitsAndLeavesNothingOpen() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        AtomicReference<String> said = new AtomicReference<>();
        OneService slow =
                new OneService(
                        () -> {
                            opening.countDown();
                            awaitUninterrupted(closing);
                            // as when the bundles around it are gone already
                            said.set("asked");
                            throw new NoClassDefFoundError("org/h2/mvstore/Gone");
                        });
        StoreKeeper keeper =
                new StoreKeeper(
                        slow.context(),
                        settings(Map.of()),
                        () -> false,
                        Duration.ZERO,
                        Duration.ofSeconds(20));
        assertThat(opening.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(first(keeper).severity()).isEqualTo(Finding.Severity.WARNING);
        assertThat(first(keeper).text()).contains("is being opened");

        Thread stopping = new Thread(keeper::close, "stop");
        stopping.start();
        await().until(() -> stopping.getState() == Thread.State.TIMED_WAITING);
        closing.countDown();
        stopping.join();
        assertThat(said.get()).as("the attempt ended before close returned").isEqualTo("asked");
        assertThat(slow.get()).isNull();
        assertThat(first(keeper).text()).as("no error is reported").contains("is being opened");
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void damagedDatabase_isToldFromOneThatIsInUse() throws Exception {
        keeper(Map.of()).close();
        Path file = folder.resolve("data/store/store.mv.db");
        byte[] whole = Files.readAllBytes(file);
        Arrays.fill(whole, (byte) 'x');
        Files.write(file, whole);

        StoreKeeper keeper = keeper(Map.of());
        await().until(() -> first(keeper).severity() == Finding.Severity.ERROR);
        assertThat(first(keeper).text())
                .contains("is damaged")
                .contains("backup")
                .contains("account:set");
        keeper.close();
    }

    @Test
    void databaseThatEndedItself_isOpenedAnew() throws Exception {
        StoreKeeper keeper = keeper(Map.of());
        await().until(() -> service.get() != null);
        Database ended = (Database) service.get();
        assertThatThrownBy(() -> ended.write(StoreKeeperTest::panic))
                .isInstanceOf(StoreException.class);

        await().until(() -> service.get() != null && service.get() != ended);
        assertThat(first(keeper).severity()).isEqualTo(Finding.Severity.OK);
        keeper.close();
    }

    /** What H2 does to its storage if it cannot write to the file. */
    private static boolean panic(Connection connection) throws SQLException {
        SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        MVStoreException full = new MVStoreException(DataUtils.ERROR_WRITING_FAILED, "disk full");
        assertThatThrownBy(() -> session.getDatabase().getStore().getMvStore().panic(full))
                .isSameAs(full);
        return true;
    }

    @Test
    void url_withAPassword_isRefused() {
        for (String url :
                new String[] {
                    "jdbc:postgresql://db/passbridge?user=x&password=hunter2",
                    "jdbc:postgresql://db/passbridge?PassWord=hunter2",
                    "jdbc:postgresql://x:hunter2@db/passbridge"
                }) {
            StoreKeeper keeper = keeper(Map.of("url", url));
            await().until(() -> first(keeper).text().contains("0600"));
            assertThat(first(keeper).toString()).doesNotContain("hunter2");
            keeper.close();
        }
    }

    @Test
    void url_ofAnotherDatabase_isRefused() {
        StoreKeeper keeper = keeper(Map.of("url", "jdbc:mysql://db/passbridge"));
        await().until(() -> first(keeper).text().contains("must begin with jdbc:postgresql:"));
        keeper.close();
    }

    @Test
    void passwordFile_thatOthersMayRead_isRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "hunter2\n");
        StoreKeeper keeper =
                keeper(
                        Map.of(
                                "url",
                                "jdbc:postgresql://127.0.0.1:1/passbridge",
                                "passwordFile",
                                file.toString()));
        await().until(() -> first(keeper).text().contains("chmod 600 " + file));
        keeper.close();
    }

    @Test
    void credential_withoutSystemd_isRefused() {
        StoreKeeper keeper =
                keeper(
                        Map.of(
                                "url",
                                "jdbc:postgresql://127.0.0.1:1/passbridge",
                                "passwordCredential",
                                "database"));
        await().until(() -> first(keeper).text().contains("LoadCredential=database:PATH"));
        keeper.close();
    }

    private static Finding first(StoreKeeper keeper) {
        return keeper.inspect().get(0);
    }

    private StoreKeeper keeper(Map<String, Object> values) {
        return new StoreKeeper(service.context(), settings(values), new FipsEnforcement());
    }

    public static StoreSettings settings(Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(Map.of("retrySeconds", 1));
        all.putAll(values);
        return GivenValues.of(StoreSettings.class, all);
    }
}
