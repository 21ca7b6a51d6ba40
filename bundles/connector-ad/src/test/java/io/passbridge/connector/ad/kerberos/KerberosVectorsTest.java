/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.Secret;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class KerberosVectorsTest {
    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest(name = "{0} folded to {1} bytes")
    @CsvFileSource(resources = "/vectors/rfc3961-nfold.csv")
    void nFold_vectorsOfRfc3961_match(String in, int size, String folded) {
        assertThat(HEX.formatHex(KeyDerivation.nFold(HEX.parseHex(in), size))).isEqualTo(folded);
    }

    @ParameterizedTest(name = "AES-CTS of {0} bytes")
    @CsvFileSource(resources = "/vectors/rfc3962-cts.csv")
    void cts_vectorsOfRfc3962_match(int length, String plain, String cipher) {
        AesCts aes = new AesCts(HEX.parseHex("636869636b656e207465726979616b69"));
        byte[] input = HEX.parseHex(plain);

        assertThat(input).hasSize(length);
        assertThat(HEX.formatHex(aes.encrypt(input))).isEqualTo(cipher);
        assertThat(aes.decrypt(HEX.parseHex(cipher))).isEqualTo(input);
    }

    @ParameterizedTest(name = "{1} iterations, {3}")
    @CsvFileSource(resources = "/vectors/rfc3962-string-to-key.csv")
    void derive_stringToKeyVectorsOfRfc3962_match(
            String password, int iterations, String salt, String key) throws Exception {
        int type = key.length() == 64 ? AesSha1.AES256 : AesSha1.AES128;
        try (Secret secret = Secret.ofChars(password.toCharArray());
                SessionKey derived =
                        LongTermKey.ofPassword(
                                secret, type, salt.getBytes("ISO-8859-1"), iterations)) {
            assertThat(HEX.formatHex(derived.value())).isEqualTo(key);
        }
    }

    @Test
    void decrypt_whatWasEncrypted_givesItBackAndRefusesEveryChangedByte() throws Exception {
        AesSha1 key = new AesSha1(new byte[32], 11);
        byte[] plain = HEX.parseHex("00112233445566778899aabbccddeeff0123");
        byte[] encrypted = key.encrypt(plain, new SecureRandom());

        assertThat(key.decrypt(encrypted)).isEqualTo(plain);
        for (int i = 0; i < encrypted.length; i++) {
            byte[] changed = encrypted.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> key.decrypt(changed)).isInstanceOf(KerberosException.class);
        }
        assertThatThrownBy(() -> key.decrypt(Arrays.copyOf(encrypted, 27)))
                .isInstanceOf(KerberosException.class);
    }
}
