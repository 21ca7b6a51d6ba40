/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.Secret;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.hash.module.PlatformModule;
import io.passbridge.keys.Binding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.SealedValue;
import io.passbridge.keys.Sealing;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ValueCipherTest {
    private static final UUID SET = UUID.fromString("6f2c9c1e-52a7-4d0c-9d43-0f6a3a1d7b11");
    private static final Binding BINDING = new Binding("account", "connector corp", "secret");

    private final ValueCipher cipher = new ValueCipher(new PlatformCryptography());
    private final Secret key = Secret.owning(new byte[CommittingCipher.KEY]);

    @Test
    void seal_longestSecret_opens() throws KeyException {
        Secret longest = Secret.owning(new byte[Sealing.MAX_LENGTH]);
        SealedValue value = cipher.seal(SET, 1, key, longest, BINDING);
        try (Secret again = cipher.open(SealedHeader.of(value.toBytes()), value, key, BINDING)) {
            assertThat(again.sameAs(longest)).isTrue();
        }
    }

    @Test
    void seal_tooLongSecret_isRefusedWithTheLimit() {
        Secret tooLong = Secret.owning(new byte[Sealing.MAX_LENGTH + 1]);
        assertThatThrownBy(() -> cipher.seal(SET, 1, key, tooLong, BINDING))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("65537")
                .hasMessageContaining("65536");
    }

    @Test
    void seal_equalSecrets_givesDifferentValuesOfEqualLength() throws KeyException {
        SealedValue one = cipher.seal(SET, 1, key, secret("short"), BINDING);
        SealedValue two = cipher.seal(SET, 1, key, secret("a somewhat longer one"), BINDING);
        assertThat(one).isNotEqualTo(cipher.seal(SET, 1, key, secret("short"), BINDING));
        assertThat(one.toBytes()).hasSameSizeAs(two.toBytes());
    }

    @Test
    void open_underAnotherKeyOfTheSameId_isRefusedByTheCommitment() throws KeyException {
        SealedValue value = cipher.seal(SET, 1, key, secret("s"), BINDING);
        byte[] other = new byte[CommittingCipher.KEY];
        other[31] = 1;
        assertThatThrownBy(
                        () ->
                                cipher.open(
                                        SealedHeader.of(value.toBytes()),
                                        value,
                                        Secret.owning(other),
                                        BINDING))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("connector corp");
    }

    @Test
    void encoded_bindingWhosePartsRunTogether_differs() throws KeyException {
        assertThat(ValueCipher.encoded(new Binding("ab", "c", "d")))
                .isNotEqualTo(ValueCipher.encoded(new Binding("a", "bc", "d")));
    }

    /** RFC 5869, A.1 to A.3: two blocks of HKDF-Expand with HMAC-SHA-256. */
    @Test
    void of_publishedVector_expandsAsHkdf() {
        HexFormat hex = HexFormat.of();
        byte[] prk =
                hex.parseHex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
        byte[] info = hex.parseHex("f0f1f2f3f4f5f6f7f8f9");
        CommittingCipher cipherOfVector = CommittingCipher.of(new PlatformModule(), prk, info);
        assertThat(hex.formatHex(cipherOfVector.commitment())).startsWith("34007208d5b887185865");
    }

    private static Secret secret(String text) {
        return Secret.owning(text.getBytes(StandardCharsets.UTF_8));
    }
}
