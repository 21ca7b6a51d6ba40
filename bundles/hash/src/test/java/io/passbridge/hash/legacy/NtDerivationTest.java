/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.LegacyRefusedException;
import io.passbridge.hash.vectors.RecordingPolicy;
import io.passbridge.hash.vectors.Vectors;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class NtDerivationTest {
    @TestFactory
    Stream<DynamicTest> ntHash_publishedVector_isMet() {
        NtDerivation derivation = new NtDerivation(new RecordingPolicy(false));
        return Vectors.rows("nt.tsv").stream()
                .map(
                        row ->
                                DynamicTest.dynamicTest(
                                        "'" + row[0] + "'",
                                        () ->
                                                assertThat(
                                                                derivation.ntHash(
                                                                        row[0].toCharArray(),
                                                                        NtDerivation.VERIFY))
                                                        .isEqualTo(
                                                                HexFormat.of().parseHex(row[1]))));
    }

    @Test
    void ntHash_underEnforcedPolicy_isRefused() {
        RecordingPolicy policy = new RecordingPolicy(true);
        assertThatThrownBy(
                        () ->
                                new NtDerivation(policy)
                                        .ntHash(new char[] {'x'}, NtDerivation.VERIFY))
                .isInstanceOf(LegacyRefusedException.class)
                .hasMessageContaining("verify NT digest");
        assertThat(policy.asked()).containsExactly("MD4 to verify NT digest");
    }
}
