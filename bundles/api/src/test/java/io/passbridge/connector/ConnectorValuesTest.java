/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.event.Fact;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectorValuesTest {
    private static final SourceAnchor ANNA = new SourceAnchor("anna");

    @Test
    void watermarks_areEqualByTheirBytes_andShowThem() {
        Watermark one = Watermark.of(new byte[] {(byte) 0xFB, 2});
        assertThat(one)
                .isEqualTo(Watermark.of(new byte[] {(byte) 0xFB, 2}))
                .hasSameHashCodeAs(Watermark.of(new byte[] {(byte) 0xFB, 2}))
                .isNotEqualTo(Watermark.of(new byte[] {(byte) 0xFB, 3}))
                .isNotEqualTo("-wI")
                .hasToString("-wI");
        assertThat(one.hashCode()).isNotEqualTo(Watermark.of(new byte[] {1}).hashCode());
        assertThat(one.isBeginning()).isFalse();
        assertThat(Watermark.BEGINNING).hasToString("beginning");
        assertThat(Watermark.of(new byte[Watermark.MAX_LENGTH]).toBytes()).hasSize(65_536);
    }

    @Test
    void exceptions_haveAKind_andWaitWhereTheyAreTold() {
        Instant then = Instant.ofEpochSecond(5);
        ConnectorException limited = ConnectorException.rateLimited("slowly", then);
        assertThat(limited).hasMessage("slowly");
        assertThat(limited.kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(limited.retryAt()).contains(then);
        IOException cause = new IOException();
        ConnectorException away = new ConnectorException(Kind.UNREACHABLE, "away", cause);
        assertThat(away).hasCause(cause);
        assertThat(away.retryAt()).isEmpty();
    }

    @Test
    void report_isEmpty_unlessItTellsOrBeginsAnew() {
        UnusableItem item = new UnusableItem("f:1", "", Optional.empty(), "torn");
        assertThat(UnusableReport.NONE.isEmpty()).isTrue();
        assertThat(new UnusableReport(true, List.of()).isEmpty()).isFalse();
        assertThat(new UnusableReport(false, List.of(item)).isEmpty()).isFalse();
        assertThatThrownBy(() -> new UnusableItem("", "", Optional.empty(), "torn"))
                .hasMessage("an unusable item needs a place");
        assertThatThrownBy(() -> new UnusableItem("f:1", null, Optional.empty(), "torn"))
                .hasMessage("name");
        assertThatThrownBy(() -> new UnusableItem("f:1", "", null, "torn")).hasMessage("anchor");
        assertThatThrownBy(() -> new UnreadUser(null, ChangeVersion.NONE, "")).hasMessage("anchor");
        assertThatThrownBy(() -> new UnreadUser(ANNA, null, "")).hasMessage("version");
    }

    @Test
    void outcomes_ofEverydayLife_haveNoDetail() {
        assertThat(ItemOutcome.applied(ANNA)).isEqualTo(new ItemOutcome(ANNA, Outcome.APPLIED, ""));
        assertThat(ItemOutcome.already(ANNA)).isEqualTo(new ItemOutcome(ANNA, Outcome.ALREADY, ""));
    }

    @Test
    void facts_areFoundByTheirNames() {
        for (Fact fact : Fact.values()) {
            assertThat(Fact.of(fact.text())).contains(fact);
        }
        assertThat(Fact.of("no such fact")).isEmpty();
        assertThat(Fact.byName(Map.of(Fact.LOST_KEY_SETS, "2")))
                .isEqualTo(Map.of("lostKeySets", "2"));
    }
}
