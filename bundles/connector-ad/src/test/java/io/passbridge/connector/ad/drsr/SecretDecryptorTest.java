/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ad.FixedPolicy;
import io.passbridge.connector.ad.legacy.LegacyPrimitives;
import io.passbridge.credential.NtHash;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class SecretDecryptorTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String KEY = "b0133bfc9ce59c805dd15d5872e247c5";
    private static final byte[] ENVELOPE =
            HEX.parseHex(
                    "e650e0179becf540e1e6dbe37deb38b379618228d74d9ff7e08a588c2a6fbd511ad78f61");
    private static final int RID = 500;
    private static final String HASH = "92937945b518814341de3f726500d4ff";

    private static SecretDecryptor with(String... keys) {
        List<byte[]> all = java.util.Arrays.stream(keys).map(HEX::parseHex).toList();
        return new SecretDecryptor(new LegacyPrimitives(FixedPolicy.permitting()), all);
    }

    private static String decrypt(SecretDecryptor decryptor, byte[] envelope, long rid) {
        Optional<NtHash> hash = decryptor.decrypt(envelope, 0, envelope.length, rid);
        return hash.map(h -> h.secret().use(HEX::formatHex)).orElse("");
    }

    @ParameterizedTest(name = "RID {1}")
    @CsvFileSource(resources = "/vectors/drsr-secrets.csv")
    void decrypt_publishedEnvelopes_givesTheirHashes(
            String key, int rid, String envelope, String hash) {
        assertThat(decrypt(with(key), HEX.parseHex(envelope), rid)).isEqualTo(hash);
    }

    @Test
    void decrypt_afterTheKeyWasRenewed_stillOpensWithTheFormerKey() {
        SecretDecryptor decryptor = with(KEY);
        decryptor.renewed(new byte[16]);

        assertThat(decrypt(decryptor, ENVELOPE, RID)).isEqualTo(HASH);
        assertThat(decrypt(decryptor, ENVELOPE, RID)).isEqualTo(HASH);
    }

    @Test
    void decrypt_withoutTheRightKey_givesNothing() {
        assertThat(decrypt(with("00".repeat(16), "11".repeat(32)), ENVELOPE, RID)).isEmpty();
    }

    @Test
    void decrypt_withAnyBitChanged_givesNothing() {
        SecretDecryptor decryptor = with(KEY);
        for (int bit = 0; bit < 8 * ENVELOPE.length; bit++) {
            byte[] changed = ENVELOPE.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(decrypt(decryptor, changed, RID)).isEmpty();
        }
    }

    @Test
    void decrypt_impossibleLengthOrRid_givesNothing() {
        SecretDecryptor decryptor = with(KEY);

        assertThat(decryptor.decrypt(ENVELOPE, 0, ENVELOPE.length - 1, RID)).isEmpty();
        assertThat(decryptor.decrypt(ENVELOPE, 0, 0, RID)).isEmpty();
        assertThat(decryptor.decrypt(ENVELOPE, 0, ENVELOPE.length, 0)).isEmpty();
        assertThat(decryptor.decrypt(ENVELOPE, 0, ENVELOPE.length, 1L << 32)).isEmpty();
    }

    @Test
    void decrypt_afterClose_isAnErrorAndNotNothing() {
        SecretDecryptor decryptor = with(KEY);
        decryptor.close();

        assertThatThrownBy(() -> decrypt(decryptor, ENVELOPE, RID))
                .isInstanceOf(IllegalStateException.class);
    }
}
