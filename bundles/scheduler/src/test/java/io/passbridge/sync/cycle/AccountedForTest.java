/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.passbridge.connector.UnusableItem;
import io.passbridge.credential.AccountState;
import io.passbridge.store.Standing;
import io.passbridge.store.SyncState.Counts;
import io.passbridge.sync.page.RunTally;
import io.passbridge.sync.simulation.Bench;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Everybody stands somewhere, with a reason. */
class AccountedForTest extends CycleLab {
    @Test
    void everybodySeen_standsInExactlyOnePlace() throws Exception {
        people(4);
        bench.source.put("odd", "{CRYPT}", "x", AccountState.ACTIVE);
        bench.source.unusable.add(
                new UnusableItem("people.ldif:7", "torn", Optional.empty(), "no anchor"));
        bench.cycle("exclude=user1");
        assertThat(bench.state.counts("r"))
                .isEqualTo(
                        new Counts(
                                Map.of(
                                        Standing.IN_STEP, 3L,
                                        Standing.REFUSED, 1L,
                                        Standing.OUTSIDE, 1L,
                                        Standing.UNUSABLE, 1L)));
        assertThat(bench.target.held).doesNotContainKey(anchor("user1"));
        bench.source.unusable.clear();
        bench.cycle(Bench.settings("exclude=user1"), true, false);
        assertThat(bench.state.counts("r").of(Standing.UNUSABLE)).isZero();
        assertThat(bench.state.counts("r").seen()).isEqualTo(5);
    }

    @Test
    void eachReason_isOneEvent_withItsOwnCount() throws Exception {
        people(1);
        bench.cycle();
        bench.events.records.clear();
        bench.source.put("odd1", "{CRYPT}", "x", AccountState.ACTIVE);
        bench.source.put("odd2", "{CRYPT}", "x", AccountState.ACTIVE);
        bench.source.put("odd3", "{SMD5}", "x", AccountState.ACTIVE);
        bench.source.unusable.add(
                new UnusableItem("people.ldif:7", "torn", Optional.empty(), "no anchor"));
        bench.cycle();
        assertThat(bench.events.records)
                .filteredOn(r -> r.number() == 664)
                .extracting(r -> r.attributes().get("count"), r -> r.attributes().get("users"))
                .containsExactlyInAnyOrder(
                        tuple("2", "odd1, odd2"),
                        tuple("1", "odd3"),
                        tuple("1", "torn (people.ldif:7)"));
        assertThat(bench.events.records)
                .filteredOn(r -> r.number() == 664)
                .extracting(r -> r.attributes().get("reason"))
                .doesNotHaveDuplicates();
    }

    @Test
    void credentialThatNoSchemeAccepts_isRefusedOnce_andOthersGoThrough() throws Exception {
        people(2);
        bench.source.put("odd", "{CRYPT}", "x", AccountState.ACTIVE);
        RunTally tally = bench.cycle();
        assertThat(tally.sum().failed()).isEqualTo(1);
        assertThat(bench.state.users.get(anchor("odd")).detail()).contains("cannot process CRYPT");
        assertThat(bench.events.numbers()).contains(664);
    }
}
