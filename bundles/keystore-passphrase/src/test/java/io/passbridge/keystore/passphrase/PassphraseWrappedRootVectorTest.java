/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.passphrase;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.credential.Secret;
import io.passbridge.hash.module.PlatformModule;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Root secrets protected by every released format open for ever. */
class PassphraseWrappedRootVectorTest {
    @ParameterizedTest
    @CsvFileSource(resources = "/vectors/wrapped-root-v1.txt", delimiter = '|')
    void unwrap_vector_isTheRootSecret(String keySet, String password, String root, String wrapped)
            throws Exception {
        HexFormat hex = HexFormat.of();
        try (Secret given = Secret.owning(password.getBytes(StandardCharsets.UTF_8));
                Secret opened =
                        PassphraseWrappedRoot.unwrap(
                                hex.parseHex(wrapped), keySet, given, new PlatformModule())) {
            assertThat(hex.formatHex(opened.toBytes())).isEqualTo(root);
        }
    }
}
