/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.sync.page.RunTally;
import io.passbridge.sync.route.CycleFailure;
import io.passbridge.sync.simulation.Faults.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A target that is away, unsure, or stumbles over one user. */
class TargetTroubleTest extends CycleLab {
    @Test
    void targetThatIsAway_stopsTheCycle_withoutMovingTheWatermark() throws Exception {
        people(30);
        bench.faults.target.addAll(List.of(Fault.NONE, Fault.UNREACHABLE));
        assertThatThrownBy(() -> bench.cycle("pageSize=10"))
                .hasMessageContaining("target cloud: cannot be reached");
        assertThat(bench.state.users).hasSize(10);
        bench.cycle("pageSize=10");
        assertThat(bench.target.digests).hasSize(30);
        assertThat(bench.state.retries).isEmpty();
    }

    @Test
    void unknownOutcome_isSentAgain_andTheTargetSaysAlready() throws Exception {
        people(5);
        bench.faults.target.add(Fault.UNKNOWN_AFTER);
        assertThatThrownBy(bench::cycle).hasMessageContaining("outcome unknown");
        assertThat(bench.state.users).isEmpty();
        RunTally tally = bench.cycle();
        assertThat(tally.sum().unchanged()).isEqualTo(5);
        assertThat(bench.state.users.values()).allMatch(u -> u.outcome() == Outcome.ALREADY);
    }

    @Test
    void oneItemThatBreaksTheTarget_isFound_andTheOthersGoThrough() throws Exception {
        people(100);
        bench.target.refusal =
                batch ->
                        batch.stream().anyMatch(u -> u.anchor().equals(anchor("user77")))
                                ? new ConnectorException(Kind.PLUGIN_FAULT, "ClassCastException")
                                : null;
        bench.cycle();
        assertThat(bench.target.digests).hasSize(99);
        assertThat(bench.state.retries).containsOnlyKeys(anchor("user77"));
    }

    @Test
    void targetThatRefusesEveryItem_isNotAskedForEachOne() {
        people(500);
        bench.target.refusal = batch -> new ConnectorException(Kind.PLUGIN_FAULT, "broken");
        assertThatThrownBy(bench::cycle).isInstanceOf(CycleFailure.class);
        assertThat(bench.target.calls).isLessThan(40);
        assertThat(bench.state.retries).isEmpty();
    }
}
