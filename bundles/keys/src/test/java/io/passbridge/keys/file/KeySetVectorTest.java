/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.credential.Secret;
import io.passbridge.hash.module.PlatformModule;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.KeyStatus;
import io.passbridge.keys.ring.KeyRing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Key-set files and exports of every released format open for ever. */
class KeySetVectorTest {
    @ParameterizedTest
    @CsvFileSource(resources = "/vectors/key-set-v1.txt", delimiter = '|')
    void open_vector_hasTheKeys(FileKind kind, String root, String password, String file)
            throws Exception {
        HexFormat hex = HexFormat.of();
        ProtectedKeySet read = KeySetFormat.read(hex.parseHex(file), "the vector");
        assertThat(read.kind()).isEqualTo(kind);
        assertThat(read.keySet().id()).hasToString("6f2c9c1e-52a7-4d0c-9d43-0f6a3a1d7b11");
        assertThat(read.keySet().keys())
                .extracting(KeyInfo::status)
                .containsExactly(
                        KeyStatus.DESTROYED,
                        KeyStatus.DISABLED,
                        KeyStatus.DECRYPT_ONLY,
                        KeyStatus.PRIMARY,
                        KeyStatus.PENDING);
        KeyRing ring = read.open(Secret.owning(hex.parseHex(root)), new PlatformModule());
        for (int id : ring.ids()) {
            byte[] expected =
                    MessageDigest.getInstance("SHA-256")
                            .digest(("key " + id).getBytes(StandardCharsets.US_ASCII));
            assertThat(ring.key(id).orElseThrow().toBytes()).isEqualTo(expected);
        }
        assertThat(ring.ids()).containsExactly(2, 3, 4, 5);
    }
}
