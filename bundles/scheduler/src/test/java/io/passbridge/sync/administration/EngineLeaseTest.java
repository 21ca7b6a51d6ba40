/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.RouteLeases.Server;
import io.passbridge.store.RunHistory.Result;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.store.StoreException;
import io.passbridge.sync.RouteStatus.Phase;
import io.passbridge.sync.SyncException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One server runs a route, the other stands by; several share the routes. */
class EngineLeaseTest extends EngineLab {
    @Test
    void secondServer_standsBy_andTakesOverWhenTheFirstHasGone() {
        lending.seize("r", "server-2");
        service.addRoute(route());
        unlock();
        await().until(() -> status().phase() == Phase.STANDBY);
        assertThatThrownBy(() -> service.pause("r", "", "anna"))
                .hasMessageContaining("do it there");
        assertThatThrownBy(() -> service.retry("r", "", "anna"))
                .hasMessageContaining("do it there");
        assertThat(status().reason()).contains("server-2");
        assertThat(bench.target.digests).isEmpty();
        lending.leave("server-2");
        untilInStep(20);
    }

    @Test
    void serverThatIsFencedOut_stopsAtOnce_andSaysSo() {
        service.addRoute(route());
        unlock();
        untilInStep(20);
        lending.seize("r", "server-2");
        bench.state.latestToken = 2;
        bench.source.password("user1", "second");
        signals.changesSignalled("corp");
        await().until(() -> bench.events.numbers().contains(9061));
        assertThat(status().phase()).isEqualTo(Phase.STANDBY);
        assertThat(bench.state.users.get(new SourceAnchor("user1")).version().sequence())
                .isEqualTo(1);
    }

    @Test
    void stop_givesTheRoutesBackAtOnce() throws Exception {
        service.addRoute(route());
        unlock();
        untilInStep(20);
        assertThat(lending.board().servers()).containsKey(serverId());
        lock();
        assertThat(lending.board().servers()).isEmpty();
        assertThat(lending.board().holder("r")).isEmpty();
    }

    @Test
    void routeThatIsWantedElsewhere_isGivenBackBetweenTwoRuns() throws Exception {
        service.addRoute(route());
        unlock();
        untilInStep(20);
        lending.renew(new Server("server-2", false, Map.of("r", true)), Duration.ofMinutes(1));
        lending.want("r", "server-2");
        await().until(() -> lending.board().holder("r").isEmpty());
        await().until(() -> bench.events.numbers().contains(9062));
        assertThat(bench.events.numbers()).as("nobody took it away").doesNotContain(9061);
        lending.take(List.of("r"), "server-2");
        await().until(() -> status().phase() == Phase.STANDBY);
        assertThat(service.servers()).containsExactlyInAnyOrder(serverId(), "server-2");
    }

    @Test
    void route_isBroughtHere_whenTheOtherServerGivesItBack() throws Exception {
        lending.seize("r", "server-2");
        service.addRoute(route());
        unlock();
        await().until(() -> status().phase() == Phase.STANDBY);
        CompletableFuture<List<String>> missing =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return service.bringHere("r", "anna");
                            } catch (SyncException | InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        await().until(() -> lending.lease("r").wanted().equals(serverId()));
        assertThat(bench.events.numbers()).contains(9063);
        lending.give("r", "server-2");
        assertThat(missing.join()).isEmpty();
        untilInStep(20);
    }

    @Test
    void serverOfAnEarlierRelease_isWaitedFor() {
        lending.elder = Optional.of("old/1");
        service.addRoute(route());
        unlock();
        await().until(() -> status().reason().contains("held by old/1"));
        assertThat(status().phase()).isEqualTo(Phase.STANDBY);
        lending.elder = Optional.empty();
        untilInStep(20);
    }

    @Test
    void killedRun_isClosedByTheServerThatTakesTheRoute_andByNoOther() throws Exception {
        lending.seize("r", "server-2");
        Instant start = bench.clock.instant();
        Run left =
                new Run(1, "r", true, start, Optional.empty(), Result.RUNNING, 5, 5, 0, 0, 0, "");
        bench.history.put(left, 1);
        service.addRoute(route());
        unlock();
        await().until(() -> status().phase() == Phase.STANDBY);
        assertThat(bench.history.runs.get(1L)).isEqualTo(left);
        lending.leave("server-2");
        untilInStep(20);
        assertThat(bench.history.runs.get(1L).result()).isEqualTo(Result.FAILED);
    }

    @Test
    void storeThatDoesNotRenewTheLease_makesThisServerStandBy() {
        service.addRoute(route());
        unlock();
        untilInStep(20);
        lending.down = new StoreException(StoreException.Kind.UNAVAILABLE, "no connection");
        await().until(() -> status().phase() == Phase.STANDBY);
        assertThat(status().reason()).contains("no connection");
        bench.source.password("user1", "second");
        lending.down = null;
        await().untilAsserted(
                        () ->
                                assertThat(bench.digestAtTarget("user1"))
                                        .as("a cycle at once, not at the next hour")
                                        .isEqualTo("digest of {SHA}second"));
    }
}
