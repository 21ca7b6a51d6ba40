/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.RunHistory.Result;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.sync.RouteStatus.Phase;
import io.passbridge.sync.RunRequest;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.simulation.Faults.Fault;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What fails is tried again, without noise. */
class EngineFailureTest extends EngineLab {
    @Test
    void failingSource_isTriedAgain_withoutFloodingJournalAndHistory() {
        service.addRoute(route());
        unlock();
        untilInStep(20);
        bench.faults.source.add(Fault.UNREACHABLE);
        bench.faults.source.add(Fault.UNREACHABLE);
        bench.source.password("user1", "second");
        signals.changesSignalled("corp");
        await().untilAsserted(
                        () ->
                                assertThat(bench.digestAtTarget("user1"))
                                        .isEqualTo("digest of {SHA}second"));
        assertThat(bench.events.numbers()).containsOnlyOnce(611);
        assertThat(bench.history.runs.values())
                .filteredOn(r -> r.result() == Result.FAILED)
                .hasSize(1);
    }

    @Test
    void targetThatIsStillOnItsWay_isWaitedFor_withoutAnyFailure() throws Exception {
        bench.connectors.targetAway = true;
        service.addRoute(route());
        unlock();
        CompletableFuture<Run> asked =
                CompletableFuture.supplyAsync(() -> ran(new RunRequest(true, false, "anna")));
        await().until(() -> service.route("r").orElseThrow().nextRun().isPresent());
        bench.clock.advance(Duration.ofSeconds(9));
        bench.connectors.targetAway = false;

        untilInStep(20);
        assertThat(asked.get().result()).isEqualTo(Result.SUCCESS);
        assertThat(bench.events.numbers()).doesNotContain(611, 621, 652);
        assertThat(bench.history.runs.values())
                .extracting(Run::result)
                .doesNotContain(Result.FAILED);
    }

    @Test
    void targetThatDoesNotCome_isAFailureBeforeLong() {
        bench.connectors.targetAway = true;
        service.addRoute(route());
        unlock();
        await().until(() -> service.route("r").orElseThrow().nextRun().isPresent());
        bench.clock.advance(Duration.ofSeconds(11));

        await().untilAsserted(() -> assertThat(bench.events.numbers()).contains(652));
        assertThat(status().phase()).isEqualTo(Phase.FAILING);
    }

    private Run ran(RunRequest request) {
        try {
            return service.run("r", request, p -> {});
        } catch (SyncException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void retryOfAUserWhoWasRefused_readsAndWritesAgain() throws Exception {
        bench.target.answers.put(new SourceAnchor("user5"), Outcome.REJECTED);
        service.addRoute(route());
        unlock();
        untilInStep(19);
        bench.target.answers.clear();
        assertThat(service.retry("r", "user5", "anna")).isEqualTo(1);
        untilInStep(20);
        assertThat(bench.events.numbers()).contains(9053);
    }
}
