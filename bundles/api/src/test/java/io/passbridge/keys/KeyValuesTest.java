/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.keys.KeyException.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyValuesTest {
    @ParameterizedTest
    @CsvSource({"'', o, f", "p, ' ', f", "p, o, ''"})
    void binding_withoutAPart_isRefused(String purpose, String owner, String field) {
        assertThatThrownBy(() -> new Binding(purpose, owner, field))
                .hasMessage("a binding needs purpose, owner and field");
    }

    @Test
    void sealedValue_isACopy_andShowsItsLengthAlone() {
        byte[] bytes = {1, 2, 3};
        SealedValue value = SealedValue.of(bytes);
        bytes[0] = 9;
        value.toBytes()[1] = 9;
        assertThat(value.toBytes()).containsExactly(1, 2, 3);
        assertThat(value)
                .isEqualTo(SealedValue.of(new byte[] {1, 2, 3}))
                .hasSameHashCodeAs(SealedValue.of(new byte[] {1, 2, 3}))
                .isNotEqualTo(SealedValue.of(new byte[] {1, 2, 4}))
                .isNotEqualTo("123")
                .hasToString("SealedValue[3 bytes]");
        assertThat(value.hashCode()).isNotEqualTo(SealedValue.of(new byte[] {4}).hashCode());
    }

    @Test
    void exception_keepsTheRemedyApart_alsoOfItsReason() {
        IOException cause = new IOException();
        assertThat(new KeyException(Kind.IO, "it failed", cause))
                .hasMessage("it failed")
                .hasCause(cause)
                .satisfies(e -> assertThat(e.remedy()).isEmpty());
        KeyException reason = new KeyException(Kind.LOCKED, "it is locked", "unlock it", cause);
        assertThat(reason)
                .hasMessage("it is locked; unlock it")
                .hasCause(cause)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.LOCKED));
        assertThat(KeyException.because(Kind.REFUSED, "nothing was done", reason))
                .hasMessage("nothing was done: it is locked; unlock it")
                .satisfies(e -> assertThat(e.remedy()).contains("unlock it"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
    }

    @ParameterizedTest
    @CsvSource({", , false", "5, , true", "5, 4, true", "5, 5, false", "5, 6, false", ", 5, false"})
    void export_isOutdated_ifANewerKeyIsThere(Long newest, Long exported, boolean outdated) {
        KeySetStatus status =
                new KeySetStatus(
                        true,
                        null,
                        "",
                        "",
                        "",
                        1,
                        "passphrase",
                        1,
                        Optional.empty(),
                        Optional.ofNullable(newest).map(Instant::ofEpochSecond),
                        Optional.ofNullable(exported).map(Instant::ofEpochSecond),
                        Optional.empty(),
                        false);
        assertThat(status.exportOutdated()).isEqualTo(outdated);
    }
}
