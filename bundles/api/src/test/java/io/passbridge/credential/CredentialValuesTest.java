/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialValuesTest {
    @ParameterizedTest
    @CsvSource({
        "{SSHA}abc, SSHA",
        "{ssha512}abc, SSHA512",
        "{PBKDF2-SHA256}10$a$b, PBKDF2-SHA256",
        "plain, CLEARTEXT",
        "{}x, CLEARTEXT",
        "{not closed, CLEARTEXT",
        "{with space}x, CLEARTEXT"
    })
    void userPassword_scheme_isReadFromTheValue(String value, String scheme) {
        assertThat(UserPassword.owning(value.getBytes(UTF_8)).scheme()).isEqualTo(scheme);
    }

    @Test
    void userPassword_lengthIsBounded() {
        assertThatThrownBy(() -> UserPassword.owning(new byte[0])).hasMessageContaining("0 bytes");
        assertThatThrownBy(() -> UserPassword.owning(new byte[UserPassword.MAX_LENGTH + 1]))
                .hasMessageContaining("4097");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 17})
    void ntHash_ofAnotherLength_isRefused(int length) {
        assertThatThrownBy(() -> NtHash.owning(new byte[length])).hasMessageContaining("16 bytes");
    }

    @Test
    void versions_areOrderedBySequenceThenTime() {
        assertThat(
                        List.of(
                                new ChangeVersion(0, 9),
                                new ChangeVersion(1, 0),
                                new ChangeVersion(1, 5)))
                .isSorted();
        ChangeVersion version = new ChangeVersion(7, 132539328000000000L);
        assertThat(ChangeVersion.parse(version.toString())).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", ".1", "1.", "a.b", "-1.2"})
    void version_fromOtherText_isRefused(String text) {
        assertThatThrownBy(() -> ChangeVersion.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(AccountState.Flag.class)
    void accountState_survivesItsCompactForm(AccountState.Flag flag) {
        AccountState state = AccountState.of(flag, AccountState.Flag.DISABLED);
        assertThat(AccountState.ofBits(state.toBits())).isEqualTo(state);
    }

    @Test
    void accountState_bitsAreFixedForEver() {
        assertThat(AccountState.of(AccountState.Flag.DISABLED).toBits()).isEqualTo(1);
        assertThat(AccountState.of(AccountState.Flag.MUST_CHANGE_PASSWORD).toBits()).isEqualTo(4);
        assertThat(AccountState.of(AccountState.Flag.DELETED).toBits()).isEqualTo(64);
        assertThat(AccountState.of(AccountState.Flag.OUT_OF_SCOPE).toBits()).isEqualTo(128);
        assertThat(AccountState.ofBits(0)).isSameAs(AccountState.ACTIVE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 256})
    void anchor_lengthIsBounded(int length) {
        assertThatThrownBy(() -> new SourceAnchor("x".repeat(length)))
                .hasMessageContaining(length + " characters");
    }

    @Test
    void closingAChange_wipesItsCredential() {
        NtHash hash = NtHash.owning(new byte[NtHash.LENGTH]);
        new CredentialChange(
                        new SourceAnchor("a"),
                        new ChangeVersion(0, 1),
                        Instant.EPOCH,
                        AccountState.ACTIVE,
                        Optional.of(hash),
                        Optional.empty())
                .close();
        assertThatThrownBy(() -> hash.secret().length()).isInstanceOf(IllegalStateException.class);
    }
}
