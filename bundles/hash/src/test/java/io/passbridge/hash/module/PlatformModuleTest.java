/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.module;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.crypto.CryptographicModule.VerifierInput;
import io.passbridge.crypto.FipsReport;
import io.passbridge.crypto.ModuleReport.SelfTest;
import io.passbridge.hash.pbkdf2.HmacHash;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlatformModuleTest {
    private final PlatformModule module = new PlatformModule();

    @Test
    void whatTheJavaPlatformDoesNotHave_isNamed() {
        assertThatThrownBy(() -> module.digest("MD9"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("this Java platform has no MD9");
        assertThatThrownBy(() -> module.mac("HmacMD9")).hasMessageEndingWith("HmacMD9");
        assertThatThrownBy(() -> module.cipher("AES9")).hasMessageEndingWith("AES9");
        assertThatThrownBy(() -> module.passwordKey("HmacMD9", new byte[1], new byte[1], 1, 1))
                .hasMessage("there is no PBKDF2 over HmacMD9");
        assertThat(module.digest("SHA-256").getDigestLength()).isEqualTo(32);
        assertThat(module.cipher("AES/GCM/NoPadding").getBlockSize()).isEqualTo(16);
        assertThat(module.isFit()).isTrue();
    }

    /** RFC 6070, RFC 7914 and their like are in Pbkdf2Test; here both ways give the same. */
    @ParameterizedTest
    @EnumSource(HmacHash.class)
    void verifiers_areWhatPasswordKeysAre_inTheirOrder(HmacHash hash) {
        List<VerifierInput> inputs =
                List.of(input("one", "salt"), input("two", "salt"), input("one", "other"));
        for (int length : new int[] {16, 32, hash.length(), 80}) {
            byte[][] verifiers = module.verifiers(hash.mac(), inputs, 3, length);
            for (int i = 0; i < verifiers.length; i++) {
                VerifierInput input = inputs.get(i);
                assertThat(verifiers[i])
                        .hasSize(length)
                        .isEqualTo(
                                module.passwordKey(
                                        hash.mac(), input.password(), input.salt(), 3, length));
            }
        }
        assertThat(HmacHash.ofMac(hash.mac())).isEqualTo(hash);
    }

    @Test
    void reports_claimNoValidation() {
        FipsReport report = new PlatformCryptography().report(true);
        assertThat(report.enforced()).isFalse();
        assertThat(report.modules()).singleElement().isEqualTo(module.report(false));
        assertThat(module.report(true).selfTest()).isEqualTo(SelfTest.NONE);
        assertThat(module.report(true).validated()).isFalse();
    }

    @Test
    void random_isNotTheSameTwice() {
        byte[] one = new byte[16];
        byte[] two = new byte[16];
        new PlatformCryptography().random().nextBytes(one);
        module.random().nextBytes(two);
        assertThat(HexFormat.of().formatHex(one)).isNotEqualTo(HexFormat.of().formatHex(two));
        assertThat(one).isNotEqualTo(new byte[16]);
    }

    private static VerifierInput input(String password, String salt) {
        return new VerifierInput(password.getBytes(US_ASCII), salt.getBytes(US_ASCII));
    }
}
