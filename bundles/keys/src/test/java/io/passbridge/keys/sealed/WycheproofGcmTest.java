/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.hash.module.PlatformModule;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The AES-256-GCM that everything here rests on, against Project Wycheproof. */
class WycheproofGcmTest {
    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest(name = "{0} {7}")
    @CsvFileSource(resources = "/wycheproof/aes_gcm_256_96_128.txt", delimiter = '|')
    void gcm_vector_isAcceptedOrRefusedAsItSays(
            int test,
            String key,
            String iv,
            String aad,
            String message,
            String ciphertext,
            String tag,
            String result)
            throws GeneralSecurityException {
        byte[] sealed = bytes((ciphertext == null ? "" : ciphertext) + tag);
        if (result.equals("valid")) {
            assertThat(gcm(Cipher.DECRYPT_MODE, key, iv, sealed, aad)).isEqualTo(bytes(message));
            assertThat(gcm(Cipher.ENCRYPT_MODE, key, iv, bytes(message), aad)).isEqualTo(sealed);
        } else {
            assertThatThrownBy(() -> gcm(Cipher.DECRYPT_MODE, key, iv, sealed, aad))
                    .isInstanceOf(AEADBadTagException.class);
        }
    }

    private static byte[] gcm(int mode, String key, String iv, byte[] input, String aad)
            throws GeneralSecurityException {
        return CommittingCipher.gcm(
                new PlatformModule(), mode, bytes(key), bytes(iv), input, bytes(aad));
    }

    private static byte[] bytes(String hex) {
        return hex == null ? new byte[0] : HEX.parseHex(hex);
    }
}
