/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.nt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.Digest;
import io.passbridge.credential.LegacyRefusedException;
import io.passbridge.credential.NtHash;
import io.passbridge.credential.Secret;
import io.passbridge.credential.SourceCredential;
import io.passbridge.credential.UserPassword;
import io.passbridge.crypto.CryptographicModule.VerifierInput;
import io.passbridge.crypto.Cryptography;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.hash.pbkdf2.Pbkdf2Batch;
import io.passbridge.hash.vectors.RecordingPolicy;
import io.passbridge.hash.vectors.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NtSchemesTest {
    private static final Cryptography CRYPTOGRAPHY = new PlatformCryptography();

    private final RecordingPolicy policy = new RecordingPolicy(false);
    private final Pph1Scheme pph1 = new Pph1Scheme(policy, CRYPTOGRAPHY);
    private final Pph2Scheme pph2 = new Pph2Scheme(policy, CRYPTOGRAPHY, 2_000);
    private final NtDigestVerifier verifier = new NtDigestVerifier(policy, CRYPTOGRAPHY);

    @TestFactory
    Stream<DynamicTest> pph1_publishedVector_isMet() {
        return Vectors.rows("pph1.tsv").stream()
                .map(row -> DynamicTest.dynamicTest(row[1] + " " + row[2], () -> check(row)));
    }

    private static void check(String[] row) {
        HexFormat hex = HexFormat.of();
        NtDigest digest =
                NtDigest.parse(
                        new Digest(
                                "pph1",
                                "v1;PPH1_MD4," + row[1] + "," + row[2] + "," + row[3] + ";"));
        byte[] actual =
                new Pbkdf2Batch()
                        .derive(
                                List.of(
                                        new VerifierInput(
                                                NtKey.of(hex.parseHex(row[0])), digest.salt())),
                                digest.iterations())[0];
        assertThat(hex.formatHex(actual)).isEqualTo(row[3]);
    }

    @Test
    void refusal_namesEachPurposeThatThePolicyDoesNotPermit() {
        NtDigestVerifier enforced = new NtDigestVerifier(new RecordingPolicy(true), CRYPTOGRAPHY);
        assertThat(enforced.refusal("pph1").orElseThrow())
                .contains("MD4 to verify NT digest", "SHORT_SALT to verify pph1");
        assertThat(enforced.refusal("pph2").orElseThrow())
                .contains("MD4 to verify NT digest")
                .doesNotContain("SHORT_SALT");
        assertThat(enforced.refusal("SSHA")).isEmpty();
        assertThat(verifier.refusal("pph1")).isEmpty();
        assertThat(policy.asked()).as("nothing is counted that is permitted").isEmpty();
    }

    @Test
    void pph1_digest_hasTheFormOfTheProductAndAFreshSalt() {
        List<Digest> digests =
                pph1.digest(
                        List.of(
                                nt("8846F7EAEE8FB117AD06BDD830B7586C"),
                                nt("8846F7EAEE8FB117AD06BDD830B7586C")));
        assertThat(digests)
                .allSatisfy(
                        digest ->
                                assertThat(digest.encoded())
                                        .matches("^v1;PPH1_MD4,[a-f0-9]{20},1000,[a-f0-9]{64};$"));
        assertThat(digests.get(0)).isNotEqualTo(digests.get(1));
        assertThat(policy.asked()).containsExactly("SHORT_SALT to digest pph1");
    }

    @Test
    void digest_ofNtHash_takesThePasswordOnly() {
        for (Digest digest :
                List.of(
                        one(pph1.digest(List.of(nt("8846F7EAEE8FB117AD06BDD830B7586C")))),
                        one(pph2.digest(List.of(nt("8846F7EAEE8FB117AD06BDD830B7586C")))))) {
            assertThat(verify("password", digest)).isTrue();
            assertThat(verify("Password", digest)).isFalse();
            assertThat(verify("8846F7EAEE8FB117AD06BDD830B7586C", digest)).isFalse();
        }
    }

    @Test
    void match_tellsWhoseDigestItIs_whateverItsSaltAndCost() {
        SourceCredential anna = nt("8846F7EAEE8FB117AD06BDD830B7586C");
        SourceCredential bert = nt("31D6CFE0D16AE931B73C59D7E0C089C0");
        Digest cheap = one(new Pph2Scheme(policy, CRYPTOGRAPHY, 1_000).digest(List.of(anna)));
        Digest dear = one(pph2.digest(List.of(anna)));
        Digest changed =
                new Digest("pph2", dear.encoded().replaceFirst("..;$", "zz;").replace("zz", "00"));
        assertThat(
                        pph2.match(
                                        List.of(anna, bert, anna, bert, anna, anna),
                                        List.of(
                                                cheap,
                                                cheap,
                                                dear,
                                                one(pph2.digest(List.of(bert))),
                                                new Digest("pph2", "v1;PPH2_MD4,torn"),
                                                changed))
                                .orElseThrow())
                .containsExactly(true, false, true, true, false, dear.equals(changed));
        assertThat(pph1.match(List.of(anna), List.of(one(pph1.digest(List.of(anna))))))
                .contains(List.of(true));
        assertThat(policy.asked())
                .containsExactly("SHORT_SALT to digest pph1", "SHORT_SALT to digest pph1");
    }

    @Test
    void digest_ofAnyBatchSize_keepsTheOrder() {
        for (int size : new int[] {1, 2, 7, 64, 65, 300}) {
            List<SourceCredential> batch = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                batch.add(UserPassword.owning(("pässword " + i).getBytes(StandardCharsets.UTF_8)));
            }
            List<Digest> digests = new Pph1Scheme(policy, CRYPTOGRAPHY).digest(batch);
            assertThat(digests).hasSize(size);
            for (int i : new int[] {0, size / 2, size - 1}) {
                assertThat(verify("pässword " + i, digests.get(i))).isTrue();
            }
        }
    }

    @Test
    void accepts_clearText_onlyWherePolicyPermitsMd4AndItIsText() {
        SourceCredential clear = UserPassword.owning("hunter2".getBytes(StandardCharsets.UTF_8));
        assertThat(pph1.accepts(clear)).isTrue();
        assertThat(new Pph1Scheme(new RecordingPolicy(true), CRYPTOGRAPHY).accepts(clear))
                .isFalse();
        assertThat(pph1.accepts(UserPassword.owning(new byte[] {(byte) 0xE4, 'x'}))).isFalse();
    }

    @Test
    void accepts_saltedScheme_isFalse() {
        SourceCredential ssha = UserPassword.owning("{SSHA}AAAA".getBytes(StandardCharsets.UTF_8));
        assertThat(pph1.accepts(ssha)).isFalse();
        assertThatThrownBy(() -> pph2.digest(List.of(ssha)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SSHA");
    }

    @Test
    void pph1_underEnforcedPolicy_isRefused() {
        Pph1Scheme strict = new Pph1Scheme(new RecordingPolicy(true), CRYPTOGRAPHY);
        assertThatThrownBy(() -> strict.digest(List.of(nt("8846F7EAEE8FB117AD06BDD830B7586C"))))
                .isInstanceOf(LegacyRefusedException.class);
        assertThat(strict.approved()).isFalse();
    }

    @Test
    void pph2_underEnforcedPolicy_digestsNtHashes() {
        RecordingPolicy strict = new RecordingPolicy(true);
        Pph2Scheme scheme = new Pph2Scheme(strict, CRYPTOGRAPHY, 1_000);
        Digest digest = one(scheme.digest(List.of(nt("8846F7EAEE8FB117AD06BDD830B7586C"))));
        assertThat(digest.encoded()).matches("^v1;PPH2_MD4,[a-f0-9]{32},1000,[a-f0-9]{64};$");
        assertThat(strict.asked()).isEmpty();
        assertThat(scheme.approved()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 999, 20_000_001})
    void pph2_iterationsOutOfRange_areRefused(int iterations) {
        assertThatThrownBy(() -> new Pph2Scheme(policy, CRYPTOGRAPHY, iterations))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("io.passbridge.hash.pph2")
                .hasMessageContaining(Integer.toString(iterations));
    }

    @Test
    void digestsPerSecond_isKnownBeforeTheFirstBatch() {
        assertThat(new Pph2Scheme(policy, CRYPTOGRAPHY, 600_000).digestsPerSecond())
                .isBetween(0.01, 1_000.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v1;PPH1_MD4,181a3024085fcee2f70e,1000,b39525;",
                "v1;PPH1_MD4,181a3024085fcee2f70e,0,"
                        + "b39525c3bc72a1136fcf7c8a338e0c14313d0450d1a4c98ef0a6ddada3bc5b0a;",
                "v1;PPH1_MD4,181a3024085fcee2f70e,999999999,"
                        + "b39525c3bc72a1136fcf7c8a338e0c14313d0450d1a4c98ef0a6ddada3bc5b0a;",
                "v1;PPH1_MD4,181a3024085fcee2f7,1000,"
                        + "b39525c3bc72a1136fcf7c8a338e0c14313d0450d1a4c98ef0a6ddada3bc5b0a;",
                "v1;PPH2_MD4,181a3024085fcee2f70e,1000,"
                        + "b39525c3bc72a1136fcf7c8a338e0c14313d0450d1a4c98ef0a6ddada3bc5b0a;"
            })
    void verify_malformedDigest_isRefused(String encoded) {
        assertThatThrownBy(() -> verify("x", new Digest("pph1", encoded)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pph1")
                .hasMessageNotContaining("181a");
    }

    private boolean verify(String password, Digest digest) {
        try (Secret secret = Secret.owning(password.getBytes(StandardCharsets.UTF_8))) {
            return verifier.verify(secret, digest);
        }
    }

    private static Digest one(List<Digest> digests) {
        assertThat(digests).hasSize(1);
        return digests.get(0);
    }

    private static NtHash nt(String hex) {
        return NtHash.owning(HexFormat.of().parseHex(hex));
    }
}
