/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.passphrase;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.hash.module.PlatformModule;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Our PBKDF2-HMAC-SHA-512 against Project Wycheproof. */
class WycheproofPbkdf2Test {
    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/wycheproof/pbkdf2_hmacsha512.txt", delimiter = '|')
    void derive_vector_isTheKey(
            int test, String password, String salt, int iterations, String key, String result) {
        byte[] expected = HEX.parseHex(key);
        byte[] derived =
                new PlatformModule()
                        .passwordKey(
                                "HmacSHA512",
                                password == null ? new byte[0] : HEX.parseHex(password),
                                salt == null ? new byte[0] : HEX.parseHex(salt),
                                iterations,
                                expected.length);
        assertThat(result).isEqualTo("valid");
        assertThat(derived).isEqualTo(expected);
    }
}
