/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReplicationCursorTest {
    private static final UUID ONE = UUID.fromString("0f2dafd2-4325-49f7-92f5-461ee4d5d7f9");
    private static final UUID TWO = UUID.fromString("f0000000-0000-0000-0000-000000000001");
    private static final ReplicationCursor CURSOR =
            new ReplicationCursor(
                    ONE,
                    3954,
                    7,
                    3953,
                    new UpToDatenessVector(Map.of(TWO, 8762L, ONE, 3954L)),
                    true);

    /** Stored by version 1 of the format; must be readable for ever. */
    private static final String STORED =
            "504241444301"
                    + "0f2dafd2432549f792f5461ee4d5d7f9"
                    + "0000000000000f720000000000000007"
                    + "0000000000000f7100000002"
                    + "f0000000000000000000000000000001000000000000223a"
                    + "0f2dafd2432549f792f5461ee4d5d7f90000000000000f72";

    @Test
    void parse_storedForm_givesTheCursorBack() {
        assertThat(ReplicationCursor.parse(CURSOR.toBytes())).isEqualTo(CURSOR);
        assertThat(ReplicationCursor.parse(ReplicationCursor.START.toBytes()))
                .isEqualTo(ReplicationCursor.START);
    }

    @Test
    void toBytes_formatOne_isFixed() {
        byte[] bytes = CURSOR.toBytes();

        assertThat(HexFormat.of().formatHex(bytes, 0, bytes.length - 4)).isEqualTo(STORED);
    }

    @Test
    void toBytes_ofACycleUnderWay_isRefused() {
        ReplicationCursor underWay =
                new ReplicationCursor(ONE, 1, 0, 0, UpToDatenessVector.EMPTY, false);

        assertThatThrownBy(underWay::toBytes).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void parse_anyChangedBitOrLength_isRefused() {
        byte[] bytes = CURSOR.toBytes();
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> ReplicationCursor.parse(changed))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("damaged");
        }
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> ReplicationCursor.parse(cut))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void covers_aVectorThatLacksAnEntry_isFalse() {
        UpToDatenessVector full = CURSOR.upToDateness();

        assertThat(full.covers(new UpToDatenessVector(Map.of(ONE, 3954L)))).isTrue();
        assertThat(full.covers(new UpToDatenessVector(Map.of(ONE, 3955L)))).isFalse();
        assertThat(new UpToDatenessVector(Map.of(ONE, 3954L)).covers(full)).isFalse();
    }
}
