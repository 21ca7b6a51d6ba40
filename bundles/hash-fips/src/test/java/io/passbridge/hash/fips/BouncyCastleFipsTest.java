/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.fips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.crypto.CryptographicModule;
import io.passbridge.crypto.CryptographicModule.AgreedKey;
import io.passbridge.crypto.CryptographicModule.VerifierInput;
import io.passbridge.crypto.ModuleReport.SelfTest;
import io.passbridge.hash.module.EphemeralP256;
import io.passbridge.hash.module.PlatformModule;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BouncyCastleFipsTest {
    private static final byte[] LONG = "sixteen bytes ok".getBytes(StandardCharsets.US_ASCII);

    private final CryptographicModule fips = new BouncyCastleFips();
    private final CryptographicModule platform = new PlatformModule();

    @Test
    void report_saysVersionModeAndSelfTest_andNothingIsRegistered() {
        assertThat(fips.report(true))
                .satisfies(
                        report -> {
                            assertThat(report.selfTest()).isEqualTo(SelfTest.PASSED);
                            assertThat(report.approvedOnly()).isTrue();
                            assertThat(report.version()).isEqualTo("2.1.2");
                            assertThat(report.detail()).contains("bc-fips-2.1.2.jar, SHA-256 044f");
                        });
        assertThat(fips.isFit()).isTrue();
        assertThat(Security.getProvider("BCFIPS")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MD5", "MD4", "RIPEMD160"})
    void digestThatIsNotApproved_isRefused(String algorithm) {
        assertThatThrownBy(() -> fips.digest(algorithm))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not approve " + algorithm);
    }

    @Test
    void cipherOrMacThatIsNotApproved_isRefused() {
        assertThatThrownBy(() -> fips.cipher("DES/ECB/NoPadding"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> fips.cipher("ARCFOUR"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> fips.mac("HmacMD5")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatItComputes_isWhatThePlatformComputes() throws Exception {
        for (String algorithm : List.of("SHA-1", "SHA-256", "SHA-384", "SHA-512")) {
            assertThat(fips.digest(algorithm).digest(LONG))
                    .isEqualTo(platform.digest(algorithm).digest(LONG));
        }
        for (String mac : List.of("HmacSHA1", "HmacSHA256", "HmacSHA512")) {
            for (int length : new int[] {16, 32, 100}) {
                List<VerifierInput> inputs =
                        List.of(
                                new VerifierInput(LONG, LONG),
                                new VerifierInput(LONG, new byte[3]));
                for (int iterations : new int[] {7, 1_000}) {
                    assertThat(fips.verifiers(mac, inputs, iterations, length))
                            .isDeepEqualTo(platform.verifiers(mac, inputs, iterations, length));
                }
            }
        }
        for (String mac : List.of("HmacSHA256", "HmacSHA512")) {
            assertThat(fips.passwordKey(mac, LONG, LONG, 1_000, 64))
                    .isEqualTo(platform.passwordKey(mac, LONG, LONG, 1_000, 64));
        }
        byte[] sealed = gcm(fips, Cipher.ENCRYPT_MODE, LONG);
        assertThat(gcm(platform, Cipher.DECRYPT_MODE, sealed)).isEqualTo(LONG);
        assertThat(sealed).isEqualTo(gcm(platform, Cipher.ENCRYPT_MODE, LONG));
    }

    private static byte[] gcm(CryptographicModule module, int mode, byte[] input) throws Exception {
        Cipher cipher = module.cipher("AES/GCM/NoPadding");
        cipher.init(
                mode,
                new SecretKeySpec(new byte[32], "AES"),
                new GCMParameterSpec(128, new byte[12]),
                module.random());
        cipher.updateAAD(LONG);
        return cipher.doFinal(input);
    }

    @Test
    void parametersBelowTheLimits_areRefusedWithTheLimit() {
        assertThatThrownBy(() -> fips.passwordKey("HmacSHA512", new byte[13], LONG, 1_000, 64))
                .hasMessageContaining("14 bytes");
        assertThatThrownBy(() -> fips.passwordKey("HmacSHA512", LONG, new byte[15], 1_000, 64))
                .hasMessageContaining("salt of 16");
        assertThatThrownBy(() -> fips.passwordKey("HmacSHA512", LONG, LONG, 999, 64))
                .hasMessageContaining("1000 iterations");
        assertThatThrownBy(
                        () ->
                                fips.verifiers(
                                        "HmacSHA256",
                                        List.of(new VerifierInput(new byte[13], LONG)),
                                        1_000,
                                        32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("14 bytes");
    }

    @Test
    void random_isTheModules() {
        byte[] one = new byte[32];
        byte[] two = new byte[32];
        fips.random().nextBytes(one);
        fips.random().nextBytes(two);
        assertThat(one).isNotEqualTo(two);
        assertThat(fips.random().getProvider().getName()).isEqualTo("BCFIPS");
    }

    @Test
    void agreedKey_isTheOneThatTheOtherSideDerives() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair theirs = generator.generateKeyPair();
        byte[] point = new byte[65];
        // of a SubjectPublicKeyInfo, the point is the end
        byte[] encoded = theirs.getPublic().getEncoded();
        System.arraycopy(encoded, encoded.length - 65, point, 0, 65);
        byte[] scalar = field(((ECPrivateKey) theirs.getPrivate()).getS());

        AgreedKey agreed = fips.agree(point, LONG);

        assertThat(EphemeralP256.open(scalar, agreed.ephemeral(), LONG)).isEqualTo(agreed.key());
        assertThat(fips.agree(point, LONG).key()).isNotEqualTo(agreed.key());
        point[64] ^= 1;
        assertThatThrownBy(() -> fips.agree(point, LONG))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] field(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] field = new byte[32];
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, field, 32 - length, length);
        return field;
    }
}
