/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.sealed;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.credential.Secret;
import io.passbridge.hash.module.PlatformModule;
import io.passbridge.keys.Binding;
import io.passbridge.keys.SealedValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;

/** What is left in memory of a secret that was sealed or opened. */
class WipedMemoryTest {
    private static final Binding BINDING = new Binding("account", "connector corp", "secret");

    @Test
    void sealAndOpen_wipeThePlainText() throws Exception {
        WatchedCryptography watched = new WatchedCryptography();
        ValueCipher cipher = new ValueCipher(watched);
        UUID set = UUID.randomUUID();
        try (Secret key = Secret.owning(filled(CommittingCipher.KEY));
                Secret secret = Secret.owning("s3cret".getBytes(StandardCharsets.US_ASCII))) {
            SealedValue value = cipher.seal(set, 1, key, secret, BINDING);
            watched.assertWiped(1);
            SealedHeader header = SealedHeader.of(value.toBytes());
            try (Secret opened = cipher.open(header, value, key, BINDING)) {
                watched.assertWiped(2);
                assertThat(opened.sameAs(secret)).isTrue();
            }
        }
    }

    @Test
    void close_leavesNothingOfTheKey() throws GeneralSecurityException {
        PlatformModule module = new PlatformModule();
        byte[] nonce = new byte[CommittingCipher.NONCE];
        CommittingCipher cipher =
                CommittingCipher.of(module, filled(CommittingCipher.KEY), new byte[0]);
        cipher.close();
        byte[] underNoKey =
                CommittingCipher.gcm(
                        module,
                        Cipher.ENCRYPT_MODE,
                        new byte[CommittingCipher.KEY],
                        nonce,
                        new byte[8]);
        assertThat(cipher.encrypt(nonce, new byte[8])).isEqualTo(underNoKey);
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 7);
        return bytes;
    }
}
