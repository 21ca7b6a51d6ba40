/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.passbridge.connector.ConnectorException;
import io.passbridge.health.Finding;
import io.passbridge.store.RunHistory.Result;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.store.Standing;
import io.passbridge.sync.RouteStatus.Phase;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.engine.PolicySignals;
import io.passbridge.sync.route.RouteDefinition;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Routes come, run, are paused and locked. */
class SyncEngineTest extends EngineLab {
    @Test
    void changedPolicy_isJudgedUnderAtOnce() {
        service.addRoute(route());
        unlock();
        untilInStep(20);
        bench.source.password("user1", "second");
        new PolicySignals(signals).policyChanged(null);
        await().untilAsserted(
                        () ->
                                assertThat(bench.digestAtTarget("user1"))
                                        .isEqualTo("digest of {SHA}second"));
    }

    @Test
    void lockedPlatform_runsNothing_andSaysSo() {
        service.addRoute(route());
        assertThat(status().phase()).isEqualTo(Phase.LOCKED);
        assertThat(status().reason()).contains("keys:unlock");
        assertThatThrownBy(() -> service.run("r", DELTA, p -> {}))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("is locked");
        assertThat(bench.target.digests).isEmpty();
    }

    @Test
    void unlocking_startsTheFirstFullRunByItself() {
        service.addRoute(route());
        unlock();
        untilInStep(20);
        assertThat(bench.events.numbers()).contains(601, 617, 618, 622, 623, 663, 9060);
        assertThat(status().leaseHolder()).contains(serverId());
        assertThat(status().counts().orElseThrow().people()).containsEntry(Standing.IN_STEP, 20L);
    }

    @Test
    void routeThatArrivesLater_isRun_andOneThatGoesIsStopped() {
        unlock();
        RouteDefinition route = route();
        service.addRoute(route);
        untilInStep(20);
        service.removeRoute(route);
        assertThat(service.routes()).isEmpty();
        assertThat(bench.events.numbers()).contains(602, 609);
    }

    @Test
    void signal_leadsToACycleAtOnce_andManySignalsToFew() {
        service.addRoute(route());
        unlock();
        untilInStep(20);
        int reads = bench.source.reads;
        bench.source.password("user3", "second");
        for (int i = 0; i < 50; i++) {
            signals.changesSignalled("corp");
        }
        await().untilAsserted(
                        () ->
                                assertThat(bench.digestAtTarget("user3"))
                                        .isEqualTo("digest of {SHA}second"));
        assertThat(bench.source.reads - reads).isLessThan(5);
    }

    @Test
    void run_coversWhatWasChangedBeforeIt() throws Exception {
        service.addRoute(route());
        unlock();
        for (int i = 0; i < 5; i++) {
            bench.source.password("user0", "version" + i);
            Run run = service.run("r", DELTA, p -> {});
            assertThat(run.result()).isEqualTo(Result.SUCCESS);
            assertThat(bench.digestAtTarget("user0")).isEqualTo("digest of {SHA}version" + i);
        }
    }

    @Test
    void pause_survivesARestart_andIsRefusedIfItCannotBeJournalled() throws Exception {
        RouteDefinition route = route();
        service.addRoute(route);
        unlock();
        untilInStep(20);
        bench.events.broken = true;
        assertThatThrownBy(() -> service.pause("r", "", "anna"))
                .hasMessageContaining("nothing was done");
        assertThat(status().phase()).isEqualTo(Phase.IDLE);
        bench.events.broken = false;
        service.pause("r", "migration", "anna");
        lock();
        service = newService();
        service.addRoute(route);
        unlock();
        assertThat(status().phase()).isEqualTo(Phase.PAUSED);
        assertThat(status().reason()).isEqualTo("migration");
        assertThatThrownBy(() -> service.run("r", DELTA, p -> {}))
                .hasMessageContaining("it is paused: migration");
        bench.source.password("user1", "second");
        service.resume("r", Optional.empty(), "anna");
        await().until(() -> "digest of {SHA}second".equals(bench.digestAtTarget("user1")));
    }

    @Test
    void wrongConfiguration_isNamed_andDoesNotRun() {
        service.addRoute(route("state=maybe", "pageSize=5000"));
        unlock();
        assertThat(status().phase()).isEqualTo(Phase.INVALID);
        assertThat(status().reason())
                .contains("etc/io.passbridge.route-r.cfg")
                .contains("'state' is 'maybe'; allowed are on, off, staging")
                .contains("'pageSize' is 5000; 1 to 1000 are allowed");
        assertThat(service.inspect())
                .anyMatch(f -> f.severity() == Finding.Severity.ERROR && !f.remedy().isEmpty());
    }

    @Test
    void inspection_namesWhatIsMissing() {
        service.addRoute(route("source=nowhere", "digest=pph9"));
        unlock();
        assertThat(service.inspect())
                .extracting(Finding::text)
                .anyMatch(t -> t.contains("source 'nowhere' is not configured"))
                .anyMatch(t -> t.contains("no bundle provides the digest scheme 'pph9'"));
    }

    @Test
    void unknownRoute_isNamedWithThoseThereAre() {
        service.addRoute(route());
        assertThatThrownBy(() -> service.pause("x", "", "anna"))
                .hasMessageContaining("there is no route 'x'; configured are [r]");
        assertThat(service.route("x")).isEqualTo(Optional.empty());
    }

    @Test
    void locking_breaksARunningCallOff_andUnlockingGoesOn() {
        AtomicInteger batches = new AtomicInteger();
        bench.target.refusal = batch -> batches.incrementAndGet() > 1 ? hang() : null;
        service.addRoute(route("pageSize=8"));
        unlock();
        await().until(() -> batches.get() == 2);
        lock();
        assertThat(status().phase()).isEqualTo(Phase.LOCKED);
        assertThat(bench.target.digests).hasSize(8);
        bench.target.refusal = batch -> null;
        unlock();
        untilInStep(20);
    }

    /** A target that does not answer until the call is broken off. */
    private static ConnectorException hang() {
        try {
            new CountDownLatch(1).await();
            return null;
        } catch (InterruptedException e) {
            return new ConnectorException(ConnectorException.Kind.OUTCOME_UNKNOWN, "broken off");
        }
    }
}
