/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import static io.passbridge.connector.ldif.LdifFixture.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.passbridge.connector.ldif.LdifFixture.Seen;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettlingTest {
    private static final String HASH = "sambaNTPassword: 00112233445566778899AABBCCDDEEFF";

    @TempDir Path folder;

    @Test
    void changes_whileTheFileIsStillWritten_waitAndBringNothing() throws Exception {
        try (LdifFixture fixture = new LdifFixture(folder, "settleMillis", "300")) {
            fixture.write(user("anna", HASH));
            assertThat(fixture.changes()).hasSize(1);
            fixture.append(user("bert", HASH));
            assertThat(fixture.changes()).as("not settled yet").isEmpty();
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () ->
                                    assertThat(fixture.changes())
                                            .extracting(Seen::anchor)
                                            .containsExactly("uuid-bert"));
        }
    }

    @Test
    void changes_lastRecordWithoutItsEnd_isHeldBackUntilItIsComplete() throws Exception {
        try (LdifFixture fixture = new LdifFixture(folder, "settleMillis", "60")) {
            String half = "dn: uid=bert,dc=example,dc=org\nobjectClass: person\nuid: bert\n";
            fixture.write(user("anna", HASH) + half);
            assertThat(fixture.changes()).extracting(Seen::anchor).containsExactly("uuid-anna");
            fixture.append("entryUUID: uuid-bert\n" + HASH + "\n\n");
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () ->
                                    assertThat(fixture.changes())
                                            .extracting(Seen::credential)
                                            .containsExactly(
                                                    "NT 00112233445566778899aabbccddeeff"));
            assertThat(fixture.context.badRecords()).isEmpty();
        }
    }

    @Test
    void changes_lastRecordLeftWithoutItsEndForLong_countsAfterAll() throws Exception {
        try (LdifFixture fixture = new LdifFixture(folder, "settleMillis", "20")) {
            fixture.write(user("anna", HASH) + user("bert", HASH).stripTrailing());
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () -> {
                                fixture.changes();
                                assertThat(fixture.source().changes(fixture.watermark, 5).next())
                                        .isEqualTo(fixture.watermark);
                                assertThat(
                                                new String(
                                                        fixture.watermark.toBytes(),
                                                        StandardCharsets.UTF_8))
                                        .contains("|" + Files.size(fixture.file) + "|11|");
                            });
        }
    }

    @Test
    void subscribe_signalsEachCompletedChangeOnce() throws Exception {
        try (LdifFixture fixture = new LdifFixture(folder, "settleMillis", "50")) {
            AtomicInteger signals = new AtomicInteger();
            var subscription = fixture.signal().subscribe(signals::incrementAndGet);
            fixture.write(user("anna", HASH));
            await().atMost(Duration.ofSeconds(10)).until(() -> signals.get() == 1);
            fixture.changes();
            fixture.append(user("bert", HASH));
            await().atMost(Duration.ofSeconds(10)).until(() -> signals.get() == 2);
            fixture.changes();
            fixture.append("dn: uid=carl,dc=e\nuid: carl\nentryUUID: uuid-carl\n");
            await().atMost(Duration.ofSeconds(10)).until(() -> signals.get() == 3);
            fixture.changes();
            await().atMost(Duration.ofSeconds(10)).until(() -> signals.get() == 4);
            assertThat(fixture.changes()).extracting(Seen::anchor).containsExactly("uuid-carl");
            subscription.close();
        }
    }
}
