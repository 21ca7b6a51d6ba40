/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.nt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.Digest;
import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.NtHash;
import io.passbridge.credential.Secret;
import io.passbridge.crypto.Cryptography;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.hash.vectors.RecordingPolicy;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text form of digests, and what the schemes say of themselves. */
class NtTextTest {
    private static final Cryptography CRYPTOGRAPHY = new PlatformCryptography();
    private static final String HASH =
            "b39525c3bc72a1136fcf7c8a338e0c14313d0450d1a4c98ef0a6ddada3bc5b0a";

    private final RecordingPolicy policy = new RecordingPolicy(false);
    private final NtDigestVerifier verifier = new NtDigestVerifier(policy, CRYPTOGRAPHY);

    @ParameterizedTest
    @CsvSource({
        "pph1, PPH1_MD4, 20, 1000, ''",
        "pph1, PPH1_MD4, 256, 1, ''",
        "pph2, PPH2_MD4, 32, 20000000, ''",
        "pph1, PPH1_MD4, 18, 1000, 18 hexadecimal digits of salt; at least 20 are needed",
        "pph1, PPH1_MD4, 21, 1000, 21 hexadecimal digits of salt; at least 20 are needed",
        "pph2, PPH2_MD4, 30, 1000, 30 hexadecimal digits of salt; at least 32 are needed",
        "pph2, PPH2_MD4, 32, 20000001, 20000001 iterations; the limit is 20000000",
        "pph2, PPH1_MD4, 32, 1000, 'not of the form v1;PPH2_MD4,<salt>,<iterations>,<digest>;'",
        "pph3, PPH1_MD4, 32, 1000, 'pph3'' is not pph1 or pph2'"
    })
    void fault_ofADigest_isToldWhenItIsStored(
            String scheme, String word, int digits, int iterations, String reason) {
        String text = "v1;%s,%s,%d,%s;".formatted(word, "a".repeat(digits), iterations, HASH);
        Digest digest = new Digest(scheme, text);
        if (reason.isEmpty()) {
            assertThat(verifier.fault(digest)).isEmpty();
            assertThat(NtDigest.parse(digest).encode()).isEqualTo(text);
            assertThat(NtDigest.parse(digest).toString()).contains("redacted").doesNotContain(HASH);
        } else {
            assertThat(verifier.fault(digest).orElseThrow())
                    .contains(reason)
                    .doesNotContain("aaaa");
        }
    }

    @Test
    void schemes_sayWhatTheyDo() {
        Pph1Scheme pph1 = new Pph1Scheme(policy, CRYPTOGRAPHY);
        assertThat(pph1.name()).isEqualTo("pph1");
        assertThat(pph1.parameters())
                .isEqualTo("PBKDF2-HMAC-SHA-256, 1000 iterations, 80-bit salt");
        Pph2Scheme pph2 = new Pph2Scheme(policy, CRYPTOGRAPHY, 1_000);
        assertThat(pph2.name()).isEqualTo("pph2");
        assertThat(pph2.parameters())
                .isEqualTo("PBKDF2-HMAC-SHA-256, 1000 iterations, 128-bit salt");
        assertThat(new Pph2Scheme(policy, CRYPTOGRAPHY, 20_000_000).parameters())
                .contains("20000000");
        assertThat(pph2.digest(List.of())).isEmpty();
        assertThat(pph1.digestsPerSecond()).isGreaterThan(pph2.digestsPerSecond() / 5);
    }

    /** Which of the two ways to fail the policy closes, each alone. */
    @Test
    void permitted_isWhatThePolicyLeaves() {
        assertThat(verifier.schemes()).containsExactlyInAnyOrder("pph1", "pph2");
        assertThat(verifier.permitted()).containsExactlyInAnyOrder("pph1", "pph2");
        assertThat(without(LegacyAlgorithm.MD4).permitted()).isEmpty();
        assertThat(without(LegacyAlgorithm.SHORT_SALT).permitted()).containsExactly("pph2");
    }

    private static NtDigestVerifier without(LegacyAlgorithm refused) {
        return new NtDigestVerifier(
                new LegacyPolicy() {
                    @Override
                    public boolean fipsEnforced() {
                        return true;
                    }

                    @Override
                    public boolean permits(LegacyAlgorithm algorithm, String purpose) {
                        return algorithm != refused;
                    }

                    @Override
                    public void use(LegacyAlgorithm algorithm, String purpose) {}

                    @Override
                    public List<LegacyUse> uses() {
                        return List.of();
                    }
                },
                CRYPTOGRAPHY);
    }

    @Test
    void verify_ofPph1_isCountedAsOfAShortSalt_andOfPph2IsNot() {
        Digest pph2 =
                new Pph2Scheme(policy, CRYPTOGRAPHY, 1_000)
                        .digest(List.of(NtHash.owning(new byte[16])))
                        .get(0);
        try (Secret password = Secret.owning(new byte[] {'x'})) {
            verifier.verify(password, pph2);
            assertThat(policy.asked()).containsExactly("MD4 to verify NT digest");
            verifier.verify(
                    password,
                    new Digest("pph1", "v1;PPH1_MD4," + "a".repeat(20) + ",1," + HASH + ";"));
            assertThat(policy.asked())
                    .containsExactly(
                            "MD4 to verify NT digest",
                            "SHORT_SALT to verify pph1",
                            "MD4 to verify NT digest");
        }
    }

    @Test
    void speed_followsWhatRan_andTheNewestCountsAFifth() {
        Speed speed = new Speed(1_000, CRYPTOGRAPHY);
        assertThat(speed.perSecond()).isPositive();
        speed.ran(0, 1_000);
        speed.ran(5, 0);
        speed.ran(10, 1_000_000_000L);
        assertThat(speed.perSecond()).as("the first real one").isEqualTo(10);
        speed.ran(20, 1_000_000_000L);
        assertThat(speed.perSecond()).isEqualTo(12);
    }

    @Test
    void key_isTheUpperCaseHexInUtf16() {
        byte[] key = NtKey.of(new byte[] {(byte) 0xA9, 0x0F});
        assertThat(key).containsExactly('A', 0, '9', 0, '0', 0, 'F', 0);
        assertThat(Arrays.stream(NtForm.values()).map(NtForm::salt)).containsExactly(10, 16);
        assertThatThrownBy(() -> NtForm.named("pph")).isInstanceOf(IllegalArgumentException.class);
    }
}
