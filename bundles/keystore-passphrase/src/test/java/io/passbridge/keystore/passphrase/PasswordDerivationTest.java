/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.passphrase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.crypto.CryptographicModule;
import io.passbridge.hash.module.PlatformModule;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;

class PasswordDerivationTest {
    private static final CryptographicModule MODULE = new PlatformModule();
    private static final byte[] PASSWORD = "password".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SALT = "saltsaltsaltsalt".getBytes(StandardCharsets.US_ASCII);

    /** The commonly published vector of PBKDF2-HMAC-SHA-512, one iteration. */
    @Test
    void derive_pbkdf2OfPublishedVector_isTheVector() {
        byte[] derived =
                MODULE.passwordKey(
                        "HmacSHA512", PASSWORD, "salt".getBytes(StandardCharsets.US_ASCII), 1, 64);
        assertThat(HexFormat.of().formatHex(derived))
                .isEqualTo(
                        "867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252"
                            + "c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce");
    }

    @Test
    void derive_pbkdf2_isWhatTheJdkComputes() throws Exception {
        byte[] expected =
                SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                        .generateSecret(new PBEKeySpec("password".toCharArray(), SALT, 10_000, 512))
                        .getEncoded();
        assertThat(new Pbkdf2Derivation(10_000).derive(MODULE, PASSWORD, SALT)).isEqualTo(expected);
    }

    @Test
    void derive_argon2id_isWhatTheReferenceProgramComputes() throws Exception {
        byte[] derived = new Argon2idDerivation(8_192, 1, 1).derive(MODULE, PASSWORD, SALT);
        assertThat(HexFormat.of().formatHex(derived))
                .isEqualTo(
                        "cb99022ed87619867dabf5522c0559efb078553742e285522c45680c6ed20f7c584e8adefa1a52b4bde133409aaa8d293f8bfaddc89c92d63f0781f62be769c4");
    }

    @Test
    void costs_outOfBounds_areRefused() {
        assertThatThrownBy(() -> new Argon2idDerivation(1_048_577, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Argon2idDerivation(8_192, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pbkdf2Derivation(999))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
