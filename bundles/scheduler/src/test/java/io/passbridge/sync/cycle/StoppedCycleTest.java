/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyRefusedException;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.sync.route.CycleFailure;
import io.passbridge.sync.simulation.Faults.Fault;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What ends a cycle in the middle, and that nothing is lost by it. */
class StoppedCycleTest extends CycleLab {
    @Test
    void digestThatTheTargetDoesNotTake_isAFaultOfTheConfiguration() {
        bench.target.schemes = Set.of("pph1");
        assertThatThrownBy(bench::cycle)
                .hasMessageContaining("does not take the digest scheme test")
                .hasMessageContaining("etc/io.passbridge.route-r.cfg");
    }

    @Test
    void digestThatThePolicyTakesFromTheTarget_isRefusedByThePolicy_withItsRemedy() {
        bench.target.schemes = Set.of("pph2");
        bench.target.policy = Optional.of("not to verify; add it to 'exceptions'");
        assertThatThrownBy(bench::cycle)
                .hasMessageContaining("does not take the digest scheme test: not to verify; add it")
                .isInstanceOfSatisfying(
                        CycleFailure.class,
                        e -> assertThat(e.kind()).isEqualTo(CycleFailure.Kind.LEGACY));
    }

    @Test
    void deadlockOfTheStore_isRepeated() throws Exception {
        people(3);
        bench.faults.store.addAll(List.of(Fault.NONE, Fault.DEADLOCK, Fault.DEADLOCK));
        bench.cycle();
        assertThat(bench.state.users).hasSize(3);
        assertThat(bench.events.numbers()).contains(666);
    }

    @Test
    void storeThatIsDown_stopsTheCycle_andNothingIsLost() throws Exception {
        people(3);
        bench.faults.store.addAll(List.of(Fault.NONE, Fault.STORE_DOWN));
        assertThatThrownBy(bench::cycle).hasMessageContaining("disk is full");
        assertThat(bench.events.numbers()).contains(665);
        bench.cycle();
        assertThat(bench.state.users).hasSize(3);
    }

    /** A standby that lacks a page takes the database's place while the next one is prepared. */
    @Test
    void storeThatLostAPageOfTheRun_takesNoFurtherOnes_andTheNextRunBeginsThere() throws Exception {
        people(60);
        AtomicReference<Runnable> standby = new AtomicReference<>();
        AtomicInteger pages = new AtomicInteger();
        bench.state.observer =
                page -> {
                    switch (pages.incrementAndGet()) {
                        case 3 -> standby.set(bench.state.snapshot());
                        case 4 -> {
                            page.users().forEach(user -> lost(user.anchor()));
                            standby.get().run();
                        }
                        default -> {
                            // nothing happens to it
                        }
                    }
                };
        assertThatThrownBy(() -> bench.cycle("pageSize=10"))
                .isInstanceOfSatisfying(
                        CycleFailure.class,
                        e -> assertThat(e.kind()).isEqualTo(CycleFailure.Kind.STORE));
        assertThat(bench.events.numbers()).contains(9075).doesNotContain(665);
        bench.cycle("pageSize=10");
        assertThat(bench.state.users).hasSize(60);
        assertThat(bench.target.digests).hasSize(60);
    }

    /** The target is a schema of the same database. */
    private void lost(SourceAnchor anchor) {
        bench.target.held.remove(anchor);
        bench.target.digests.remove(anchor);
    }

    @Test
    void tokenThatIsNotTheLatest_stopsAtOnce() throws Exception {
        people(30);
        bench.cycle();
        bench.state.latestToken = 2;
        bench.source.password("user1", "second");
        assertThatThrownBy(bench::cycle)
                .isInstanceOfSatisfying(
                        CycleFailure.class,
                        e -> assertThat(e.kind()).isEqualTo(CycleFailure.Kind.FENCED));
    }

    @Test
    void schemeThatThePolicyRefuses_stopsTheRoute_withTheRemedy() {
        people(3);
        bench.scheme.failure.set(
                new LegacyRefusedException(
                        LegacyAlgorithm.SHORT_SALT, "digest pph1", "add it to 'exceptions'"));
        assertThatThrownBy(bench::cycle)
                .hasMessageContaining("exceptions")
                .isInstanceOfSatisfying(
                        CycleFailure.class,
                        e -> assertThat(e.kind()).isEqualTo(CycleFailure.Kind.LEGACY));
        assertThat(bench.state.users).isEmpty();
    }

    @Test
    void pausedRoute_stopsBeforeItWritesThePage_andLosesNothing() throws Exception {
        people(30);
        bench.cycle();
        bench.stopping = true;
        bench.source.password("user1", "second");
        assertThatThrownBy(bench::cycle).hasMessageContaining("stopped");
        bench.stopping = false;
        bench.cycle();
        assertThat(bench.digestAtTarget("user1")).isEqualTo("digest of {SHA}second");
    }
}
