/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.Secret;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.keys.Binding;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.SealedValue;
import java.util.Arrays;
import java.util.UUID;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class ValueCipherPropertyTest {
    private static final UUID SET = UUID.fromString("6f2c9c1e-52a7-4d0c-9d43-0f6a3a1d7b11");
    private static final Binding BINDING = new Binding("account", "connector corp", "secret");

    private final ValueCipher cipher = new ValueCipher(new PlatformCryptography());
    private final Secret key = Secret.owning(new byte[CommittingCipher.KEY]);

    @Property(tries = 200)
    void open_whatWasSealed_isTheSecret(
            @ForAll @Size(max = 300) byte[] secret,
            @ForAll @NotBlank @StringLength(max = 20) String purpose,
            @ForAll @NotBlank @StringLength(max = 20) String owner,
            @ForAll @NotBlank @StringLength(max = 20) String field,
            @ForAll int keyId)
            throws KeyException {
        Binding binding = binding(purpose, owner, field);
        SealedValue value = cipher.seal(SET, keyId, key, Secret.copyOf(secret), binding);
        SealedHeader header = SealedHeader.of(value.toBytes());

        assertThat(header.keySetId()).isEqualTo(SET);
        assertThat(header.keyId()).isEqualTo(keyId);
        assertThat(cipher.open(header, value, key, binding).toBytes()).isEqualTo(secret);
    }

    @Property(tries = 20)
    void open_anyBitChanged_isRefused(@ForAll @Size(max = 70) byte[] secret) throws KeyException {
        byte[] sealed = cipher.seal(SET, 1, key, Secret.copyOf(secret), BINDING).toBytes();
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(changed, BINDING);
        }
    }

    @Property(tries = 50)
    void open_truncatedOrExtended_isRefused(@ForAll @IntRange(max = 133) int length)
            throws KeyException {
        byte[] sealed = cipher.seal(SET, 1, key, Secret.copyOf(new byte[20]), BINDING).toBytes();
        assertThat(sealed).hasSize(134);
        assertRefused(Arrays.copyOf(sealed, length), BINDING);
        assertRefused(Arrays.copyOf(sealed, sealed.length + 1 + length), BINDING);
    }

    @Property(tries = 200)
    void open_underAnotherBinding_isRefused(
            @ForAll @NotBlank @StringLength(max = 12) String purpose,
            @ForAll @NotBlank @StringLength(max = 12) String owner,
            @ForAll @NotBlank @StringLength(max = 12) String field)
            throws KeyException {
        byte[] sealed = cipher.seal(SET, 1, key, Secret.copyOf(new byte[5]), BINDING).toBytes();
        assertRefused(sealed, binding(purpose, owner, field));
    }

    @Property(tries = 200)
    void of_anyBytes_isAHeaderOrRefused(@ForAll @Size(max = 200) byte[] bytes) {
        try {
            SealedHeader.of(bytes);
        } catch (KeyException e) {
            assertThat(e.kind()).isEqualTo(Kind.REFUSED);
        }
    }

    /** jqwik's idea of blank text has fewer characters than Java's. */
    private static Binding binding(String purpose, String owner, String field) {
        Assume.that(!purpose.isBlank() && !owner.isBlank() && !field.isBlank());
        return new Binding(purpose, owner, field);
    }

    private void assertRefused(byte[] value, Binding binding) {
        assertThatThrownBy(
                        () -> {
                            SealedHeader header = SealedHeader.of(value);
                            if (!header.keySetId().equals(SET) || header.keyId() != 1) {
                                throw new KeyException(Kind.REFUSED, "found by exact look-up");
                            }
                            cipher.open(header, SealedValue.of(value), key, binding);
                        })
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
    }
}
