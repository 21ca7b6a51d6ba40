/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.memory;

import static org.assertj.core.api.Assertions.assertThat;

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
    private static final String SECOND = "{SSHA}eVkKsoUDMmgmNB+xkYbe2w0TOyy6PJ8F";

    @TempDir Path folder;

    private PasswordVersions open() throws Exception {
        PasswordVersions versions = new PasswordVersions(folder);
        versions.open();
        return versions;
    }

    private static Optional<UserPassword> password(String value) {
        return Optional.of(UserPassword.owning(value.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void samePassword_keepsItsVersion_whateverTheTime() throws Exception {
        try (PasswordVersions versions = open()) {
            assertThat(versions.version(ANNA, password(FIRST), 100)).isEqualTo(100);
            assertThat(versions.version(ANNA, password(FIRST), 200)).isEqualTo(100);
        }
    }

    @Test
    void anotherPassword_getsAHigherVersion_evenAtTheSameOrAnEarlierTime() throws Exception {
        try (PasswordVersions versions = open()) {
            versions.version(ANNA, password(FIRST), 100);
            assertThat(versions.version(ANNA, password(SECOND), 100)).isEqualTo(101);
            assertThat(versions.version(ANNA, password(FIRST), 50)).isEqualTo(102);
            assertThat(versions.version(ANNA, password(SECOND), 300)).isEqualTo(300);
            assertThat(versions.version(ANNA, Optional.empty(), 300)).isEqualTo(301);
        }
    }

    @Test
    void versions_outliveARestart_andATornRecord() throws Exception {
        try (PasswordVersions versions = open()) {
            versions.version(ANNA, password(FIRST), 100);
            versions.version(ANNA, password(SECOND), 100);
            versions.version(BERT, password(FIRST), 7);
            versions.forget(List.of(BERT));
        }
        Files.write(folder.resolve("versions"), new byte[11], StandardOpenOption.APPEND);
        try (PasswordVersions versions = open()) {
            assertThat(versions.known(ANNA)).hasValue(101);
            assertThat(versions.known(BERT)).isEmpty();
            assertThat(versions.version(ANNA, password(SECOND), 500)).isEqualTo(101);
        }
        assertThat(Files.size(folder.resolve("versions")) % 32).isZero();
    }

    @Test
    void unsaltedValue_leavesNoFingerprint() throws Exception {
        String unsalted = "{SHA}qUqP5cyxm6YcTAhz05Hph5gvu9M=";
        try (PasswordVersions versions = open()) {
            versions.version(ANNA, password(unsalted), 100);
            assertThat(versions.version(ANNA, password(unsalted), 200)).isEqualTo(200);
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
            versions.version(ANNA, password(FIRST), 100);
        }
        Files.delete(folder.resolve("versions.key"));
        try (PasswordVersions versions = open()) {
            assertThat(versions.size()).isZero();
            assertThat(versions.version(ANNA, password(FIRST), 100)).isEqualTo(100);
        }
    }
}
