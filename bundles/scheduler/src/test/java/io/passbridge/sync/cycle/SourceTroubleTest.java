/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.AccountState;
import io.passbridge.store.SyncState.Reading;
import io.passbridge.sync.page.RunTally;
import io.passbridge.sync.route.CycleFailure;
import io.passbridge.sync.simulation.Faults.Fault;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A source that breaks, forgets, repeats itself or goes back. */
class SourceTroubleTest extends CycleLab {
    @Test
    void unreachableSource_changesNothing_andKeepsTheWatermark() throws Exception {
        people(30);
        bench.cycle();
        var position = bench.state.position;
        bench.source.password("user1", "second");
        bench.faults.source.add(Fault.UNREACHABLE);
        assertThatThrownBy(bench::cycle)
                .isInstanceOf(CycleFailure.class)
                .hasMessageContaining("source corp: cannot be reached (unreachable)");
        assertThat(bench.state.position).isEqualTo(position);
        bench.cycle();
        assertThat(bench.digestAtTarget("user1")).isEqualTo("digest of {SHA}second");
    }

    @Test
    void readThatBreaksInTheMiddle_keepsWhatWasCommitted_andGoesOnFromThere() throws Exception {
        people(50);
        bench.faults.source.addAll(List.of(Fault.NONE, Fault.NONE, Fault.UNREACHABLE));
        assertThatThrownBy(() -> bench.cycle("pageSize=10")).isInstanceOf(CycleFailure.class);
        assertThat(bench.state.position.fullRun()).isTrue();
        assertThat(bench.target.digests).hasSize(20);
        bench.target.writes.clear();
        bench.cycle("pageSize=10");
        assertThat(bench.target.digests).hasSize(50);
        assertThat(bench.target.writes).hasSize(30);
        assertThat(bench.state.position.fullRun()).isFalse();
    }

    @Test
    void expiredWatermark_leadsToAFullRun() throws Exception {
        people(20);
        bench.cycle();
        bench.source.password("user3", "second");
        bench.faults.source.add(Fault.EXPIRED);
        RunTally tally = bench.cycle();
        assertThat(bench.events.numbers()).contains(9051);
        assertThat(tally.sum().read()).isEqualTo(20);
        assertThat(bench.digestAtTarget("user3")).isEqualTo("digest of {SHA}second");
    }

    @Test
    void sourceThatCanResumeOnlyFromTheEnd_commitsOutcomes_butNoPositionBefore() throws Exception {
        people(50);
        bench.source.durable = false;
        bench.faults.source.addAll(List.of(Fault.NONE, Fault.NONE, Fault.NONE, Fault.UNREACHABLE));
        assertThatThrownBy(() -> bench.cycle("pageSize=10")).isInstanceOf(CycleFailure.class);
        assertThat(bench.state.users).hasSize(30);
        assertThat(bench.state.position.watermark().isBeginning()).isTrue();
        bench.target.writes.clear();
        RunTally tally = bench.cycle("pageSize=10");
        assertThat(tally.sum().unchanged()).as("dealt with in the same full run").isEqualTo(30);
        assertThat(bench.target.writes).hasSize(20);
        assertThat(bench.state.position.watermark().isBeginning()).isFalse();
    }

    @Test
    void userWhoIsDeletedAndComesBack_inTwoPagesThatAreReadAgain_isBack() throws Exception {
        people(12);
        bench.faults.store.addAll(List.of(Fault.NONE, Fault.NONE, Fault.STORE_DOWN));
        assertThatThrownBy(() -> bench.cycle("pageSize=8")).isInstanceOf(CycleFailure.class);
        bench.faults.clear();
        for (int i = 0; i < 7; i++) {
            bench.source.password("user0", "filler" + i);
        }
        bench.source.delete("user10");
        bench.source.password("user10", "again");
        // the next page is at hand long before this one is committed
        bench.target.refusal =
                batch -> {
                    LockSupport.parkNanos(50_000_000);
                    return null;
                };
        bench.cycle("pageSize=8");
        bench.cycle("pageSize=8");
        assertThat(bench.target.held.get(anchor("user10")).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(bench.digestAtTarget("user10")).isEqualTo("digest of {SHA}again");
    }

    @Test
    void sourceThatDoesNotMoveOn_isNotReadForEver() {
        people(30);
        bench.source.stuck = true;
        assertThatThrownBy(() -> bench.cycle("pageSize=10"))
                .hasMessageContaining("says that there is more but does not move on");
    }

    @Test
    void sourceThatLostItsHistory_isTakenAtItsWord_alsoWhereVersionsGoBack() throws Exception {
        people(20);
        for (int i = 0; i < 3; i++) {
            bench.source.password("user19", "later" + i);
        }
        bench.cycle("pageSize=8");
        bench.source.put("user19", "{SHA}", "restored", AccountState.ACTIVE, 2);
        bench.cycle("pageSize=8");
        assertThat(bench.digestAtTarget("user19"))
                .as("an old answer, as far as anybody knows")
                .isEqualTo("digest of {SHA}later2");

        bench.faults.source.addAll(List.of(Fault.EXPIRED, Fault.NONE, Fault.UNREACHABLE));
        assertThatThrownBy(() -> bench.cycle("pageSize=8")).isInstanceOf(CycleFailure.class);
        assertThat(bench.state.position.reading()).isEqualTo(Reading.RENEWED);
        bench.cycle("pageSize=8");
        assertThat(bench.digestAtTarget("user19")).isEqualTo("digest of {SHA}restored");

        bench.source.password("user19", "after that");
        bench.cycle("pageSize=8");
        assertThat(bench.digestAtTarget("user19")).isEqualTo("digest of {SHA}after that");
        assertThat(bench.state.position.reading()).isEqualTo(Reading.CHANGES);
    }
}
