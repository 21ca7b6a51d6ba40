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
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.SealedValue;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values as somebody makes them who has the key, and whose tag therefore fits. */
class ForgedValueTest {
    private static final UUID SET = UUID.fromString("6f2c9c1e-52a7-4d0c-9d43-0f6a3a1d7b11");
    private static final Binding BINDING = new Binding("account", "connector corp", "secret");

    private final ValueCipher cipher = new ValueCipher(new PlatformCryptography());
    private final Secret key = Secret.owning(new byte[CommittingCipher.KEY]);

    private byte[] forged(byte[] plaintext, Optional<byte[]> otherCommitment) throws KeyException {
        byte[] nonce = new byte[CommittingCipher.NONCE];
        byte[] context = SealedHeader.context(SET, 1, new byte[SealedHeader.SALT], nonce);
        CommittingCipher committing =
                key.use(k -> CommittingCipher.of(new PlatformModule(), k, context));
        byte[] commitment = otherCommitment.orElseGet(committing::commitment);
        byte[] ciphertext =
                committing.encrypt(
                        nonce, plaintext, context, commitment, ValueCipher.encoded(BINDING));
        return ByteBuffer.allocate(SealedHeader.LENGTH + ciphertext.length)
                .put(context)
                .put(commitment)
                .put(ciphertext)
                .array();
    }

    private Secret open(byte[] value) throws KeyException {
        return cipher.open(SealedHeader.of(value), SealedValue.of(value), key, BINDING);
    }

    private void assertRefused(byte[] value) {
        assertThatThrownBy(() -> open(value))
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
    }

    /** Or one value could open under each of two keys, as two secrets. */
    @Test
    void valueThatDoesNotCommitToItsKey_isRefused() throws KeyException {
        assertRefused(forged(new byte[32], Optional.of(new byte[CommittingCipher.COMMITMENT])));
        assertThat(open(forged(new byte[32], Optional.empty())).length()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"32, 28", "32, 0", "4, 0", "5, 1"})
    void lengthThatFits_isTheSecrets(int plaintext, int length) throws KeyException {
        byte[] bytes = ByteBuffer.allocate(plaintext).putInt(length).array();
        assertThat(open(forged(bytes, Optional.empty())).length()).isEqualTo(length);
    }

    @ParameterizedTest
    @CsvSource({"32, 29", "32, -1", "4, 1", "32, 2147483647"})
    void lengthThatDoesNotFit_isRefused(int plaintext, int length) throws KeyException {
        byte[] bytes = ByteBuffer.allocate(plaintext).putInt(length).array();
        assertRefused(forged(bytes, Optional.empty()));
    }

    @Test
    void plainTextWithoutALength_isRefused() throws KeyException {
        assertRefused(forged(new byte[3], Optional.empty()));
        assertRefused(forged(new byte[0], Optional.empty()));
    }

    /** Lengths are hidden in steps of 32 bytes, the length itself among them. */
    @ParameterizedTest
    @CsvSource({"0, 32", "28, 32", "29, 64", "60, 64", "61, 96"})
    void secret_isPaddedToTheNextStep(int secret, int plaintext) throws KeyException {
        try (Secret sealed = Secret.owning(new byte[secret])) {
            assertThat(cipher.seal(SET, 1, key, sealed, BINDING).toBytes())
                    .hasSize(SealedHeader.LENGTH + plaintext + CommittingCipher.TAG);
        }
    }

    @Test
    void binding_isEncodedWithItsLengths_upToTheirLimit() throws KeyException {
        byte[] encoded = ValueCipher.encoded(new Binding("a".repeat(300), "ö", "c"));
        assertThat(encoded).hasSize(2 + 300 + 2 + 2 + 2 + 1).startsWith(1, 44, 'a');
        assertThat(encoded).endsWith(0, 2, 0xC3, 0xB6, 0, 1, 'c');
        assertThat(ValueCipher.encoded(new Binding("a".repeat(65_535), "b", "c")))
                .startsWith(0xFF, 0xFF, 'a');
        assertThatThrownBy(() -> ValueCipher.encoded(new Binding("a".repeat(65_536), "b", "c")))
                .hasMessageContaining("65536 bytes; the limit is 65535");
    }
}
