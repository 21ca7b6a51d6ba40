/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.sealed;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.credential.Secret;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.keys.Binding;
import io.passbridge.keys.SealedValue;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Values of every released format open for ever. */
class SealedValueVectorTest {
    @ParameterizedTest
    @CsvFileSource(
            resources = "/vectors/sealed-value-v1.txt",
            delimiter = '|',
            emptyValue = "",
            nullValues = "never")
    void open_vector_isTheSecret(
            String keySet,
            int keyId,
            String key,
            String purpose,
            String owner,
            String field,
            String secret,
            String value)
            throws Exception {
        HexFormat hex = HexFormat.of();
        SealedValue sealed = SealedValue.of(hex.parseHex(value));
        SealedHeader header = SealedHeader.of(sealed.toBytes());
        assertThat(header.keySetId()).hasToString(keySet);
        assertThat(header.keyId()).isEqualTo(keyId);
        try (Secret opened =
                new ValueCipher(new PlatformCryptography())
                        .open(
                                header,
                                sealed,
                                Secret.owning(hex.parseHex(key)),
                                new Binding(purpose, owner, field))) {
            assertThat(hex.formatHex(opened.toBytes())).isEqualTo(secret == null ? "" : secret);
        }
    }
}
