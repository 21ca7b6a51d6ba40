/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.UserPassword;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordVersionsTest {
    private static final UUID ANNA = new UUID(1, 1);
    private static final UUID BERT = new UUID(2, 2);
    private static final String FIRST = "{SSHA}dUkKsoUDMmgmNB+xkYbe2w0TOyy6PJ8F";
    private static final String SECOND_VALUE = "{SSHA}eVkKsoUDMmgmNB+xkYbe2w0TOyy6PJ8F";

    private static final long SECOND = 10_000_000;
    private static final long NOW = 100_000 * SECOND;

    @TempDir Path folder;

    private PasswordVersions open() throws Exception {
        PasswordVersions versions = new PasswordVersions(folder, false);
        versions.open();
        return versions;
    }

    private static Optional<UserPassword> password(String value) {
        return Optional.of(UserPassword.owning(value.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void samePassword_keepsItsVersion_whateverTheTime() throws Exception {
        try (PasswordVersions versions = open()) {
            assertThat(versions.version(ANNA, password(FIRST), 100, NOW)).isEqualTo(100);
            assertThat(versions.version(ANNA, password(FIRST), 200, NOW)).isEqualTo(100);
        }
    }

    @Test
    void anotherPassword_getsAHigherVersion_evenAtTheSameOrAnEarlierTime() throws Exception {
        try (PasswordVersions versions = open()) {
            versions.version(ANNA, password(FIRST), 100, NOW);
            assertThat(versions.version(ANNA, password(SECOND_VALUE), 100, NOW)).isEqualTo(101);
            assertThat(versions.version(ANNA, password(FIRST), 50, NOW)).isEqualTo(102);
            assertThat(versions.version(ANNA, password(SECOND_VALUE), 300, NOW)).isEqualTo(300);
            assertThat(versions.version(ANNA, Optional.empty(), 300, NOW)).isEqualTo(301);
        }
    }

    @Test
    void versions_outliveARestart_andATornRecord() throws Exception {
        try (PasswordVersions versions = open()) {
            versions.version(ANNA, password(FIRST), 100, NOW);
            versions.version(ANNA, password(SECOND_VALUE), 100, NOW);
            versions.version(BERT, password(FIRST), 7, NOW);
            versions.forget(List.of(BERT));
        }
        Files.write(folder.resolve("versions"), new byte[11], StandardOpenOption.APPEND);
        try (PasswordVersions versions = open()) {
            assertThat(versions.known(ANNA)).hasValue(101);
            assertThat(versions.known(BERT)).isEmpty();
            assertThat(versions.version(ANNA, password(SECOND_VALUE), 500, NOW)).isEqualTo(101);
        }
        assertThat(Files.size(folder.resolve("versions")) % 32).isZero();
    }

    @Test
    void unsaltedValue_leavesNoFingerprint() throws Exception {
        String unsalted = "{SHA}qUqP5cyxm6YcTAhz05Hph5gvu9M=";
        try (PasswordVersions versions = open()) {
            versions.version(ANNA, password(unsalted), 100, NOW);
            assertThat(versions.version(ANNA, password(unsalted), 200, NOW)).isEqualTo(200);
        }
        byte[] record = Files.readAllBytes(folder.resolve("versions"));
        assertThat(record).startsWith(new byte[] {0, 0, 0, 0, 0, 0, 0, 1});
        for (int at = 16; at < 24; at++) {
            assertThat(record[at]).as("fingerprint").isZero();
        }
    }

    @Test
    void keyLost_theRestIsOfNoUse_andVersionsAreTimesAgain() throws Exception {
        try (PasswordVersions versions = open()) {
            versions.version(ANNA, password(FIRST), 100, NOW);
        }
        Files.delete(folder.resolve("versions.key"));
        try (PasswordVersions versions = open()) {
            assertThat(versions.size()).isZero();
            assertThat(versions.version(ANNA, password(FIRST), 100, NOW)).isEqualTo(100);
        }
    }

    @Test
    void olderPasswordOfAnotherServer_isNoNewVersion_untilNoServerCanLagSoFar() throws Exception {
        long set = NOW - 60 * SECOND;
        long before = set - 300 * SECOND;
        try (PasswordVersions versions = new PasswordVersions(folder, true)) {
            versions.open();
            versions.version(ANNA, password(SECOND_VALUE), set, NOW);
            assertThatThrownBy(() -> versions.version(ANNA, password(FIRST), before, NOW))
                    .isInstanceOf(LaggingAnswerException.class);
            assertThat(versions.version(ANNA, password(SECOND_VALUE), set, NOW)).isEqualTo(set);
            assertThat(versions.version(ANNA, password(FIRST), before, NOW + 3600 * SECOND))
                    .as("a clock was wrong, or a backup was restored")
                    .isEqualTo(set + 1);
        }
    }

    @Test
    void twoPasswordsInOneSecond_areNoLag() throws Exception {
        try (PasswordVersions versions = new PasswordVersions(folder, true)) {
            versions.open();
            versions.version(ANNA, password(FIRST), NOW, NOW);
            assertThat(versions.version(ANNA, password(SECOND_VALUE), NOW, NOW)).isEqualTo(NOW + 1);
            assertThat(versions.version(ANNA, password(FIRST), NOW, NOW)).isEqualTo(NOW + 2);
        }
    }
}
