/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.pbkdf2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.hash.vectors.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class Pbkdf2Test {
    @TestFactory
    Stream<DynamicTest> derive_publishedVector_givesItsKey() {
        return Vectors.rows("pbkdf2.tsv").stream()
                .map(
                        row ->
                                DynamicTest.dynamicTest(
                                        row[0] + " " + row[3] + " iterations", () -> check(row)));
    }

    private static void check(String[] row) {
        byte[] password = row[1].getBytes(StandardCharsets.UTF_8);
        byte[] salt = row[2].getBytes(StandardCharsets.UTF_8);
        byte[] derived =
                Pbkdf2.derive(
                        HmacHash.valueOf(row[0]),
                        password,
                        salt,
                        Integer.parseInt(row[3]),
                        row[4].length() / 2);
        assertThat(HexFormat.of().formatHex(derived)).isEqualTo(row[4]);
        assertThat(password).isEqualTo(row[1].getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void derive_noIterations_isRefused() {
        assertThatThrownBy(() -> Pbkdf2.derive(HmacHash.SHA_256, new byte[1], new byte[8], 0, 32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 iterations");
    }
}
