/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.Digest;
import io.passbridge.credential.LegacyRefusedException;
import io.passbridge.credential.PasswordKind;
import io.passbridge.credential.Secret;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.hash.vectors.RecordingPolicy;
import io.passbridge.hash.vectors.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserPasswordVerifierTest {
    private final UserPasswordVerifier verifier =
            new UserPasswordVerifier(new RecordingPolicy(false), new PlatformCryptography());

    @TestFactory
    Stream<DynamicTest> verify_valueOfRealTool_takesItsPasswordOnly() {
        return Vectors.rows("userPassword.tsv").stream()
                .map(
                        row ->
                                DynamicTest.dynamicTest(
                                        row[0] + " " + row[1] + " of '" + row[2] + "'",
                                        () -> check(row)));
    }

    private void check(String[] row) {
        Digest digest = new Digest(row[1], row[3]);
        assertThat(verifier.fault(digest)).isEmpty();
        assertThat(verify(row[2], digest)).isTrue();
        assertThat(verify(row[2].replaceFirst(".", "y"), digest)).isFalse();
        assertThat(verify("", digest)).isFalse();
    }

    @Test
    void vectors_coverEveryScheme() {
        assertThat(
                        Vectors.rows("userPassword.tsv").stream()
                                .map(row -> PasswordKind.of(row[3]).orElseThrow().text()))
                .containsAll(verifier.schemes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SSHA|{SSHA}AAAA",
                "SSHA|{SSHA}AnJtQPN45xaYHEMh1gujoyXtakw=",
                "SHA|{SHA}MRF2ItKjn1Q2B4G4dKTerXqMuRH7J61N",
                "SSHA|{SSHA256}AnJtQPN45xaYHEMh1gujoyXtakw=",
                "SSHA512|{SSHA512}***",
                "PBKDF2-SHA256|{PBKDF2-SHA256}99999999999$AAAAAAAAAAAAAAAAAAAAAA$AAAA",
                "PBKDF2-SHA256|{PBKDF2-SHA256}999999999$AAAAAAAAAAAAAAAAAAAAAA$"
                        + "AAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "PBKDF2-SHA256|{PBKDF2-SHA256}1000$AAAAAAAAAAAAAAAAAAAAAA$",
                "PBKDF2_SHA256|{PBKDF2_SHA256}AAAA",
                "ARGON2|{ARGON2}$argon2id$v=19$m=99999999,t=2,p=1$c29tZXNhbHQ$"
                        + "AAAAAAAAAAAAAAAAAAAAAA",
                "CRYPT|{CRYPT}$3$$8846f7eaee8fb117ad06bdd830b7586c",
                "CRYPT|{CRYPT}$6$rounds=999999999$ab$"
                    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "CRYPT|{CRYPT}$2b$31$l9UHTUChLVyVcAhiAtpyruOZPffJEsQC52eros5Z35FAyqce/C1ka",
                "CRYPT|{CRYPT}",
                "CRYPT-Y|{CRYPT}$y$j9T$F5Jx5fExrKuPp53xLKQ..1$tooShort",
                "CRYPT-Y|{CRYPT}$y$j9$F5Jx5fExrKuPp53xLKQ..1$tnSYvahCwPBHKZUspmcxMfb0.WiB9W.zEaKlOBL35rC",
                "CRYPT-Y|{CRYPT}$y$jJT$F5Jx5fExrKuPp53xLKQ..1$tnSYvahCwPBHKZUspmcxMfb0.WiB9W.zEaKlOBL35rC",
                "CRYPT-Y|{CRYPT}$y$jzzzzzz$salt$tnSYvahCwPBHKZUspmcxMfb0.WiB9W.zEaKlOBL35rC",
                "CRYPT-Y|{CRYPT}$y$/75$abcdefgh$wDBI3MB/AUjOAfx4A6JLwB3q6tCHluNms0ljU6IPUAA",
                "CRYPT-Y|{CRYPT}$y$j756.$abcdefgh$wDBI3MB/AUjOAfx4A6JLwB3q6tCHluNms0ljU6IPUAA",
                "CRYPT-Y|{CRYPT}$y$j5..zz$salt$tnSYvahCwPBHKZUspmcxMfb0.WiB9W.zEaKlOBL35rC",
                "CRYPT-Y|{CRYPT}$y$j/..7$salt$tnSYvahCwPBHKZUspmcxMfb0.WiB9W.zEaKlOBL35rC",
                "CRYPT-Y|{CRYPT}$y$j9T$F5Jx5$tnSYvahCwPBHKZUspmcxMfb0.WiB9W.zEaKlOBL35rC",
                "CRYPT-GY|{CRYPT}$gy$j9T$F5Jx5fExrKuPp53xLKQ..1$tnSYvahCwPBHKZUspmcxMfb0.WiB9W.zEaKlOBL35rC",
                "ARGON2|{ARGON2}JGFyZ29uMmlkJHY9MTkkbT0xMDI0LHQ9MixwPTI=",
                "PBKDF2-SHA256|{PBKDF2-SHA256}2000000000$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "CRYPT|{CRYPT}$7$zzzzzz/....salt$hlz7.0pY/tFXGdYlFoSnvnUvLDP.Nr17elwjPDm3tm1",
                "SSHA256|{SSHA}AnJtQPN45xaYHEMh1gujoyXtakzzzz=",
                "CLEARTEXT|hunter2",
                "NOSUCH|{NOSUCH}x"
            })
    void verify_malformedOrTooCostlyValue_isRefusedWithoutQuotingIt(String scheme, String value) {
        assertThat(verifier.fault(new Digest(scheme, value)))
                .as("told when it is stored")
                .hasValueSatisfying(reason -> assertThat(reason).contains(scheme));
        assertThatThrownBy(() -> verify("x", new Digest(scheme, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(
                        e -> {
                            String data = value.substring(value.indexOf('}') + 1);
                            if (!data.isEmpty()) {
                                assertThat(e.getMessage()).doesNotContain(data);
                            }
                        })
                .hasMessageContaining(scheme);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSHA", "SHA", "MD5", "SMD5", "CRYPT", "BCRYPT", "ARGON2", "PBKDF2"})
    void verify_notApprovedScheme_isRefusedUnderEnforcedPolicy(String scheme) {
        UserPasswordVerifier strict =
                new UserPasswordVerifier(new RecordingPolicy(true), new PlatformCryptography());
        String value =
                Vectors.rows("userPassword.tsv").stream()
                        .filter(row -> row[1].equals(scheme))
                        .findFirst()
                        .orElseThrow()[3];
        try (Secret password = secret("x")) {
            assertThatThrownBy(() -> strict.verify(password, new Digest(scheme, value)))
                    .isInstanceOf(LegacyRefusedException.class)
                    .hasMessageContaining("verify userPassword");
        }
    }

    private boolean verify(String password, Digest digest) {
        try (Secret secret = secret(password)) {
            return verifier.verify(secret, digest);
        }
    }

    private static Secret secret(String text) {
        return Secret.owning(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Whatever is listed as permitted verifies, and whatever is not is refused when it is tried.
     */
    @TestFactory
    Stream<DynamicTest> permitted_underThePolicy_isWhatVerifies() {
        UserPasswordVerifier strict =
                new UserPasswordVerifier(new RecordingPolicy(true), new PlatformCryptography());
        assertThat(verifier.permitted()).isEqualTo(verifier.schemes());
        assertThat(strict.permitted()).contains("SSHA512", "PBKDF2-SHA256").doesNotContain("SSHA");
        return Vectors.rows("userPassword.tsv").stream()
                .filter(row -> row[2].equals("Pa$$w0rd"))
                .map(
                        row ->
                                DynamicTest.dynamicTest(
                                        row[0] + " " + row[1],
                                        () -> verifiesIfListed(strict, row)));
    }

    private static void verifiesIfListed(UserPasswordVerifier strict, String[] row) {
        Digest digest = new Digest(row[1], row[3]);
        boolean listed = strict.permitted().contains(PasswordKind.of(row[3]).orElseThrow().text());
        try (Secret password = Secret.owning(row[2].getBytes(StandardCharsets.UTF_8))) {
            if (listed) {
                assertThat(strict.verify(password, digest)).isTrue();
            } else {
                assertThatThrownBy(() -> strict.verify(password, digest))
                        .isInstanceOf(LegacyRefusedException.class);
            }
        }
    }
}
