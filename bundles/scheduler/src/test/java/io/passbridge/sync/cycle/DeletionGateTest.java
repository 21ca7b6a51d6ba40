/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.store.Standing;
import io.passbridge.store.SyncState.Counts;
import io.passbridge.sync.gate.Gates;
import io.passbridge.sync.simulation.Bench;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is deleted or leaves the scope, and how many may at once. */
class DeletionGateTest extends CycleLab {
    @Test
    void moreDeletionsThanPermitted_stopTheRun_beforeAnyIsCarriedOut() throws Exception {
        people(20);
        bench.cycle();
        for (int i = 0; i < 6; i++) {
            bench.source.delete("user" + i);
        }
        assertThatThrownBy(() -> bench.cycle("deletionThreshold=5"))
                .hasMessageContaining("at least 6 users")
                .hasMessageContaining("deletionThreshold is 5");
        assertThat(bench.target.held.values()).noneMatch(u -> Gates.gone(u.state()));
        bench.cycle(Bench.settings("deletionThreshold=5"), false, true);
        assertThat(bench.target.held.values()).filteredOn(u -> Gates.gone(u.state())).hasSize(6);
    }

    @Test
    void userWhoLeavesTheFilter_isTakenOutOfScopeAtTheTarget() throws Exception {
        people(2);
        bench.cycle();
        bench.source.password("user1", "second");
        bench.cycle("exclude=user1");
        assertThat(bench.target.held.get(anchor("user1")).state().has(Flag.OUT_OF_SCOPE)).isTrue();
        assertThat(bench.digestAtTarget("user1")).isEqualTo("digest of {SHA}first1");
    }

    @Test
    void userLeftOutFromTheStart_whoIsIncludedLater_getsThePasswordToo() throws Exception {
        people(2);
        bench.cycle("exclude=user1");
        bench.source.state("user1", AccountState.of(Flag.PASSWORD_NEVER_EXPIRES));
        bench.cycle();
        bench.cycle();
        assertThat(bench.digestAtTarget("user1")).isEqualTo("digest of {SHA}first1");
        assertThat(bench.state.counts("r")).isEqualTo(new Counts(Map.of(Standing.IN_STEP, 2L)));
    }

    @Test
    void asManyDeletionsAsPermitted_areCarriedOut_andLeavingTheScopeCounts() throws Exception {
        people(20);
        bench.cycle();
        for (int i = 0; i < 5; i++) {
            bench.source.delete("user" + i);
        }
        bench.cycle("deletionThreshold=5");
        assertThat(bench.target.held.values()).filteredOn(u -> Gates.gone(u.state())).hasSize(5);
        for (int i = 5; i < 11; i++) {
            bench.source.password("user" + i, "second");
        }
        assertThatThrownBy(() -> bench.cycle("deletionThreshold=5", "include=nobody"))
                .hasMessageContaining("deletionThreshold is 5");
        assertThat(bench.target.held.values()).filteredOn(u -> Gates.gone(u.state())).hasSize(5);
    }

    @Test
    void largerShareOfDeletionsThanPermitted_stopsTheRun_beforeAnyIsCarriedOut() throws Exception {
        people(30);
        bench.cycle();
        for (int i = 0; i < 10; i++) {
            bench.source.delete("user" + i);
        }
        bench.cycle("deletionPercent=1");
        assertThat(bench.target.held.values())
                .as("so few say nothing")
                .filteredOn(u -> Gates.gone(u.state()))
                .hasSize(10);
        for (int i = 10; i < 21; i++) {
            bench.source.delete("user" + i);
        }
        assertThatThrownBy(() -> bench.cycle())
                .as("11 of 20")
                .hasMessageContaining("11 users")
                .hasMessageContaining("deletionPercent is 50, and it has 20 users");
        assertThat(bench.target.held.values()).filteredOn(u -> Gates.gone(u.state())).hasSize(10);
        bench.cycle("deletionPercent=55");
        assertThat(bench.target.held.values()).filteredOn(u -> Gates.gone(u.state())).hasSize(21);
    }

    @Test
    void userObjectThatTheFilterNeedsButTheSourceDoesNotGive_isOwed_notDropped() throws Exception {
        people(2);
        bench.cycle();
        bench.source.accountsAtHand = false;
        bench.source.password("user1", "second");
        bench.cycle("exclude=nobody");
        assertThat(bench.digestAtTarget("user1")).isEqualTo("digest of {SHA}second");
    }
}
