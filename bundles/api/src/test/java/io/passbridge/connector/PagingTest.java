/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PagingTest {
    @Test
    void lastPage_withoutDurableWatermark_isRefused() {
        assertThatThrownBy(() -> new ChangePage(List.of(), Watermark.BEGINNING, false, false, -1))
                .hasMessageContaining("durable");
    }

    @Test
    void watermark_isACopy() {
        byte[] bytes = {1, 2};
        Watermark watermark = Watermark.of(bytes);
        bytes[0] = 9;
        watermark.toBytes()[1] = 9;
        assertThat(watermark.toBytes()).containsExactly(1, 2);
        assertThat(Watermark.of(new byte[0])).isSameAs(Watermark.BEGINNING);
        assertThatThrownBy(() -> Watermark.of(new byte[Watermark.MAX_LENGTH + 1]))
                .hasMessageContaining("65537");
    }
}
