/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ad.FixedPolicy;
import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyRefusedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class LegacyPrimitivesTest {
    private static final HexFormat HEX = HexFormat.of();

    private final FixedPolicy policy = FixedPolicy.permitting();
    private final LegacyPrimitives legacy = new LegacyPrimitives(policy);

    @ParameterizedTest(name = "MD4 of ''{0}''")
    @CsvFileSource(resources = "/vectors/rfc1320-md4.csv", emptyValue = "")
    void md4_vectorsOfRfc1320_match(String text, String digest) {
        byte[] data = text == null ? new byte[0] : text.getBytes(StandardCharsets.US_ASCII);

        assertThat(HEX.formatHex(legacy.md4(data))).isEqualTo(digest);
    }

    @ParameterizedTest(name = "RC4 {0} at {1}")
    @CsvFileSource(resources = "/vectors/rfc6229-rc4.csv")
    void rc4_vectorsOfRfc6229_match(String key, int offset, String stream) {
        byte[] data = new byte[offset + stream.length() / 2];
        try (Rc4 rc4 = legacy.rc4(HEX.parseHex(key))) {
            rc4.apply(data, 0, data.length);
        }

        assertThat(HEX.formatHex(data, offset, data.length)).isEqualTo(stream);
    }

    @Test
    void md5_anyLengthInAnyPieces_equalsTheJdk() throws Exception {
        Random random = new Random(1);
        for (int length = 0; length < 300; length++) {
            byte[] data = new byte[length];
            random.nextBytes(data);
            int cut = length == 0 ? 0 : random.nextInt(length);
            byte[] digest =
                    legacy.md5(Arrays.copyOf(data, cut), Arrays.copyOfRange(data, cut, length));

            assertThat(digest)
                    .as("length %d", length)
                    .isEqualTo(MessageDigest.getInstance("MD5").digest(data));
        }
    }

    @Test
    void hmacMd5_usedTwiceUnderKeysOfAnyLength_equalsTheJdk() throws Exception {
        Random random = new Random(2);
        for (int length = 1; length < 150; length++) {
            byte[] key = new byte[length];
            random.nextBytes(key);
            Mac jdk = Mac.getInstance("HmacMD5");
            jdk.init(new SecretKeySpec(key, "HmacMD5"));
            try (HmacMd5 mac = legacy.hmacMd5(key)) {
                assertThat(mac.update(key).doFinal()).isEqualTo(jdk.doFinal(key));
                assertThat(mac.update(new byte[100]).doFinal())
                        .isEqualTo(jdk.doFinal(new byte[100]));
            }
        }
    }

    @Test
    void desDecrypt_randomKeysAndBlocks_equalsTheJdk() throws Exception {
        Random random = new Random(3);
        Cipher jdk = Cipher.getInstance("DES/ECB/NoPadding");
        for (int i = 0; i < 500; i++) {
            byte[] key = new byte[7];
            byte[] block = new byte[8];
            random.nextBytes(key);
            random.nextBytes(block);
            jdk.init(Cipher.DECRYPT_MODE, new SecretKeySpec(withParity(key), "DES"));
            byte[] expected = jdk.doFinal(block);

            legacy.desDecrypt(key, block, 0);

            assertThat(block).isEqualTo(expected);
        }
    }

    @Test
    void everyPrimitive_underAnEnforcedPolicy_isRefusedAndCounted() {
        FixedPolicy refusing = FixedPolicy.refusing();
        LegacyPrimitives refused = new LegacyPrimitives(refusing);

        assertThatThrownBy(() -> refused.md4(new byte[0]))
                .isInstanceOf(LegacyRefusedException.class);
        assertThatThrownBy(() -> refused.md5(new byte[0]))
                .isInstanceOf(LegacyRefusedException.class);
        assertThatThrownBy(() -> refused.hmacMd5(new byte[1]))
                .isInstanceOf(LegacyRefusedException.class);
        assertThatThrownBy(() -> refused.rc4(new byte[1]))
                .isInstanceOf(LegacyRefusedException.class);
        assertThatThrownBy(() -> refused.desDecrypt(new byte[7], new byte[8], 0))
                .isInstanceOf(LegacyRefusedException.class)
                .hasMessageContaining("read Active Directory");
        assertThat(refusing.asked())
                .containsExactly(
                        LegacyAlgorithm.MD4,
                        LegacyAlgorithm.MD5,
                        LegacyAlgorithm.MD5,
                        LegacyAlgorithm.RC4,
                        LegacyAlgorithm.DES);
    }

    private static byte[] withParity(byte[] key) {
        byte[] spread = new byte[8];
        for (int bit = 0; bit < 56; bit++) {
            int value = key[bit / 8] >> 7 - bit % 8 & 1;
            spread[bit / 7] |= (byte) (value << 7 - bit % 7);
        }
        return spread;
    }
}
