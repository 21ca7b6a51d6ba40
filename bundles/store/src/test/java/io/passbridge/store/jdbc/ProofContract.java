/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.Parity;
import io.passbridge.store.Proofs.Doubt;
import io.passbridge.store.Proofs.Look;
import io.passbridge.store.Proofs.Pass;
import io.passbridge.store.Proofs.Proof;
import io.passbridge.store.StoreException;
import io.passbridge.store.jdbc.sync.JdbcProofs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What comparisons have shown, on whichever database. */
interface ProofContract extends StoreLab {
    private Doubt doubt(String anchor, Parity parity, Instant at) {
        return new Doubt(new SourceAnchor(anchor), parity, "because of " + parity, at);
    }

    private static List<SourceAnchor> anchors(String... anchors) {
        return List.of(anchors).stream().map(SourceAnchor::new).toList();
    }

    @Test
    default void passGoesOnWhereItStood_andClearsAwayOldDoubtsAtItsEnd() throws Exception {
        JdbcProofs proofs = new JdbcProofs(database());
        long token = token();
        assertThat(proofs.proof(route())).isEqualTo(Proof.NONE);
        Pass begun = new Pass(NOW, Optional.empty(), "42", Map.of(Parity.SAME, 7L));
        proofs.record(
                new Look(
                        route(),
                        token,
                        Optional.of(begun),
                        anchors("a", "b", "c"),
                        List.of(
                                doubt("a", Parity.ABSENT, NOW.minusSeconds(9)),
                                doubt("b", Parity.UNKNOWN, NOW.plusSeconds(1)),
                                doubt("c", Parity.DIFFERENT, NOW.plusSeconds(1)))));
        Proof half = proofs.proof(route());
        assertThat(half.present().orElseThrow().reached()).isEqualTo("42");
        assertThat(half.present().orElseThrow().of(Parity.SAME)).isEqualTo(7);
        assertThat(half.last()).isEmpty();
        assertThat(half.doubts()).hasSize(3).containsEntry(Parity.ABSENT, 1L);
        assertThat(proofs.doubts(route(), "a", 1))
                .containsExactly(doubt("b", Parity.UNKNOWN, NOW.plusSeconds(1)));
        assertThat(proofs.reasons(route(), Parity.ABSENT, 5))
                .containsExactly(Map.entry("because of ABSENT", 1L));

        Pass ended =
                new Pass(NOW, Optional.of(NOW.plusSeconds(5)), "", Map.of(Parity.DIFFERENT, 1L));
        proofs.record(new Look(route(), token, Optional.of(ended), anchors("b"), List.of()));
        Proof whole = proofs.proof(route());
        assertThat(whole.present()).isEmpty();
        assertThat(whole.last().orElseThrow().endedAt()).contains(NOW.plusSeconds(5));
        assertThat(whole.doubts()).containsExactly(Map.entry(Parity.DIFFERENT, 1L));
        state().forget(route());
        assertThat(proofs.proof(route())).isEqualTo(Proof.NONE);
    }

    @Test
    default void proofOfAServerThatLostTheRoute_isRefused() throws Exception {
        long old = token();
        StoreLab.seize(database(), route(), "another");
        assertThatThrownBy(
                        () ->
                                new JdbcProofs(database())
                                        .record(
                                                new Look(
                                                        route(),
                                                        old,
                                                        Optional.empty(),
                                                        anchors("a"),
                                                        List.of())))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("fencing token");
    }
}
