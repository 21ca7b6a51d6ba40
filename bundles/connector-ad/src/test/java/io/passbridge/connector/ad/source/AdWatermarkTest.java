/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.Watermark;
import io.passbridge.connector.ad.replication.ReplicationCursor;
import io.passbridge.connector.ad.replication.UpToDatenessVector;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AdWatermarkTest {
    private static final ReplicationCursor COMPLETE =
            new ReplicationCursor(
                    UUID.randomUUID(),
                    9,
                    0,
                    9,
                    new UpToDatenessVector(Map.of(UUID.randomUUID(), 9L)),
                    true);

    @Test
    void beginning_isTheStart() throws ConnectorException {
        assertThat(AdWatermark.parse(Watermark.BEGINNING)).isEqualTo(AdWatermark.START);
    }

    @Test
    void position_survivesItsStoredForm() throws ConnectorException {
        AdWatermark end = new AdWatermark(Optional.of(COMPLETE), 77, 0, 0);
        assertThat(AdWatermark.parse(end.toWatermark())).isEqualTo(end);
        AdWatermark within = end.within(3, 4);
        assertThat(AdWatermark.parse(within.toWatermark())).isEqualTo(within);
        AdWatermark firstRun = AdWatermark.START.within(1, 2);
        assertThat(AdWatermark.parse(firstRun.toWatermark())).isEqualTo(firstRun);
    }

    @Test
    void everyDamagedByteOfTheCursor_meansAFullRun() {
        byte[] bytes = new AdWatermark(Optional.of(COMPLETE), 77, 0, 0).toWatermark().toBytes();
        for (int i = 21; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 0x10;
            assertThatThrownBy(() -> AdWatermark.parse(Watermark.of(damaged)))
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e ->
                                    assertThat(e.kind())
                                            .isEqualTo(ConnectorException.Kind.WATERMARK_EXPIRED));
        }
    }

    @Test
    void unknownFormat_meansAFullRun() {
        assertThatThrownBy(() -> AdWatermark.parse(Watermark.of(new byte[] {9})))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("full run");
    }
}
