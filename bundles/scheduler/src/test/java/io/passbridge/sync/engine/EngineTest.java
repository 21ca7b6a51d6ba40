/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.health.Finding;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.store.Standing;
import io.passbridge.store.StoreException;
import io.passbridge.sync.Explanation;
import io.passbridge.sync.Gate;
import io.passbridge.sync.Preview;
import io.passbridge.sync.RouteStatus;
import io.passbridge.sync.RouteStatus.Phase;
import io.passbridge.sync.RunRequest;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.engine.Faults.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
    private static final RunRequest DELTA = new RunRequest(false, false, "anna");

    private final Bench bench = new Bench();
    private final Bench.Lending lending = new Bench.Lending();
    private final ConnectorSignals signals = new ConnectorSignals();
    @TempDir private Path folder;
    private RouteBoard board;
    private Engine engine;

    @BeforeEach
    void open() {
        for (int i = 0; i < 20; i++) {
            bench.source.password("user" + i, "first" + i);
        }
        board = newBoard();
    }

    @AfterEach
    void close() {
        lock();
        bench.close();
    }

    private RouteBoard newBoard() {
        return new RouteBoard(bench.platform(), lending, new LocalFolder(folder), null, signals);
    }

    private static RouteDefinition route(String... lines) {
        Map<String, String> values = new TreeMap<>(Map.of("source", "corp", "target", "cloud"));
        values.put("digest", "test");
        values.put("cycleSeconds", "3600");
        for (String line : lines) {
            values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        values.put("service.pid", "io.passbridge.route~r");
        return new RouteDefinition(Map.copyOf(values));
    }

    private void unlock() {
        engine =
                new Engine(
                        board.platform(),
                        lending,
                        board.pauses(),
                        board.folder().serverId(),
                        Duration.ofSeconds(1),
                        2);
        board.attach(engine);
    }

    private void lock() {
        if (engine != null) {
            board.detach(engine);
            engine.close();
            engine = null;
        }
    }

    private void untilInStep(int users) {
        await().untilAsserted(
                        () -> {
                            assertThat(bench.target.digests).hasSize(users);
                            assertThat(status().phase()).isEqualTo(Phase.IDLE);
                        });
    }

    private RouteStatus status() {
        return board.route("r").orElseThrow();
    }

    @Test
    void lockedPlatform_runsNothing_andSaysSo() {
        board.addRoute(route());
        assertThat(status().phase()).isEqualTo(Phase.LOCKED);
        assertThat(status().reason()).contains("keys:unlock");
        assertThatThrownBy(() -> board.run("r", DELTA, p -> {}))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("is locked");
        assertThat(bench.target.digests).isEmpty();
    }

    @Test
    void unlocking_startsTheFirstFullRunByItself() {
        board.addRoute(route());
        unlock();
        untilInStep(20);
        assertThat(bench.events.numbers()).contains(601, 617, 618, 622, 623, 9060);
        assertThat(status().leaseHolder()).contains(board.folder().serverId());
        assertThat(status().counts().orElseThrow().people()).containsEntry(Standing.IN_STEP, 20L);
    }

    @Test
    void routeThatArrivesLater_isRun_andOneThatGoesIsStopped() {
        unlock();
        RouteDefinition route = route();
        board.addRoute(route);
        untilInStep(20);
        board.removeRoute(route);
        assertThat(board.routes()).isEmpty();
        assertThat(bench.events.numbers()).contains(602, 609);
    }

    @Test
    void signal_leadsToACycleAtOnce_andManySignalsToFew() {
        board.addRoute(route());
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
        board.addRoute(route());
        unlock();
        for (int i = 0; i < 5; i++) {
            bench.source.password("user0", "version" + i);
            Run run = board.run("r", DELTA, p -> {});
            assertThat(run.result()).isEqualTo("success");
            assertThat(bench.digestAtTarget("user0")).isEqualTo("digest of {SHA}version" + i);
        }
    }

    @Test
    void pause_survivesARestart_andIsRefusedIfItCannotBeJournalled() throws Exception {
        RouteDefinition route = route();
        board.addRoute(route);
        unlock();
        untilInStep(20);
        bench.events.broken = true;
        assertThatThrownBy(() -> board.pause("r", "", "anna"))
                .hasMessageContaining("nothing was done");
        assertThat(status().phase()).isEqualTo(Phase.IDLE);
        bench.events.broken = false;
        board.pause("r", "migration", "anna");
        lock();
        board = newBoard();
        board.addRoute(route);
        unlock();
        assertThat(status().phase()).isEqualTo(Phase.PAUSED);
        assertThat(status().reason()).isEqualTo("migration");
        assertThatThrownBy(() -> board.run("r", DELTA, p -> {}))
                .hasMessageContaining("it is paused: migration");
        bench.source.password("user1", "second");
        board.resume("r", false, "anna");
        await().until(() -> "digest of {SHA}second".equals(bench.digestAtTarget("user1")));
    }

    @Test
    void deletionThreshold_pausesTheRoute_untilTheDeletionsAreAllowed() throws Exception {
        board.addRoute(route("deletionThreshold=3"));
        unlock();
        untilInStep(20);
        for (int i = 0; i < 5; i++) {
            bench.source.delete("user" + i);
        }
        Run stopped = board.run("r", DELTA, p -> {});
        assertThat(stopped.result()).isEqualTo("failed");
        assertThat(status().phase()).isEqualTo(Phase.PAUSED);
        assertThat(bench.events.numbers()).contains(116, 613);
        assertThat(bench.target.held.values()).noneMatch(u -> Gates.gone(u.state()));
        Run allowed = board.run("r", new RunRequest(false, true, "anna"), p -> {});
        assertThat(allowed.applied()).isEqualTo(5);
        await().until(() -> status().phase() == Phase.IDLE);
    }

    @Test
    void resumeAfterTheThreshold_allowsTheDeletions() throws Exception {
        board.addRoute(route("deletionThreshold=3"));
        unlock();
        untilInStep(20);
        for (int i = 0; i < 5; i++) {
            bench.source.delete("user" + i);
        }
        board.run("r", DELTA, p -> {});
        assertThatThrownBy(() -> board.resume("r", false, "anna"))
                .hasMessageContaining("--allow-deletions");
        assertThat(status().phase()).isEqualTo(Phase.PAUSED);
        board.resume("r", true, "anna");
        await().until(
                        () ->
                                bench.target.held.values().stream()
                                                .filter(u -> Gates.gone(u.state()))
                                                .count()
                                        == 5);
    }

    @Test
    void failingSource_isTriedAgain_withoutFloodingJournalAndHistory() {
        board.addRoute(route());
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
                .filteredOn(r -> r.result().equals("failed"))
                .hasSize(1);
    }

    @Test
    void secondServer_standsBy_andTakesOverWhenTheFirstHasGone() {
        lending.seize("server-2", Duration.ofSeconds(4));
        board.addRoute(route());
        unlock();
        await().until(() -> status().phase() == Phase.STANDBY);
        assertThatThrownBy(() -> board.pause("r", "", "anna")).hasMessageContaining("do it there");
        assertThatThrownBy(() -> board.retry("r", "", "anna")).hasMessageContaining("do it there");
        assertThat(status().reason()).contains("server-2");
        assertThat(bench.target.digests).isEmpty();
        lending.release("server-2");
        untilInStep(20);
    }

    @Test
    void serverThatIsFencedOut_stopsAtOnce_andSaysSo() {
        board.addRoute(route());
        unlock();
        untilInStep(20);
        lending.seize("server-2", Duration.ofSeconds(4));
        bench.state.latestToken = 2;
        bench.source.password("user1", "second");
        signals.changesSignalled("corp");
        await().until(() -> bench.events.numbers().contains(9061));
        assertThat(status().phase()).isEqualTo(Phase.STANDBY);
        assertThat(bench.state.users.get(new SourceAnchor("user1")).version().sequence())
                .isEqualTo(1);
    }

    @Test
    void storeThatDoesNotRenewTheLease_makesThisServerStandBy() {
        board.addRoute(route());
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

    @Test
    void wrongConfiguration_isNamed_andDoesNotRun() {
        board.addRoute(route("state=maybe", "pageSize=5000"));
        unlock();
        assertThat(status().phase()).isEqualTo(Phase.INVALID);
        assertThat(status().reason())
                .contains("etc/io.passbridge.route-r.cfg")
                .contains("'state' is 'maybe'; allowed are on, off, staging")
                .contains("'pageSize' is 5000; 1 to 1000 are allowed");
        assertThat(board.inspect())
                .anyMatch(f -> f.severity() == Finding.Severity.ERROR && !f.remedy().isEmpty());
    }

    @Test
    void inspection_namesWhatIsMissing() {
        board.addRoute(route("source=nowhere", "digest=pph9"));
        unlock();
        assertThat(board.inspect())
                .extracting(Finding::text)
                .anyMatch(t -> t.contains("source 'nowhere' is not configured"))
                .anyMatch(t -> t.contains("no bundle provides the digest scheme 'pph9'"));
    }

    @Test
    void stagingRoute_doesNotRun_butForecasts() throws Exception {
        board.addRoute(route("state=staging"));
        unlock();
        assertThat(status().phase()).isEqualTo(Phase.STAGING);
        Preview preview = board.preview("r", true);
        assertThat(preview.passwords()).isEqualTo(20);
        assertThat(preview.complete()).isTrue();
        assertThat(preview.duration()).isPresent();
        assertThat(bench.target.digests).isEmpty();
        assertThat(bench.state.commits).isEmpty();
        assertThat(bench.source.allWiped()).isTrue();
    }

    @Test
    void preview_withOtherValues_saysHowManyWouldChange() throws Exception {
        bench.source.put("new", "{SHA}", "x", AccountState.of(Flag.MUST_CHANGE_PASSWORD));
        board.addRoute(route("mustChange=skip"));
        unlock();
        board.run("r", new RunRequest(false, false, "me"), p -> {});
        int commits = bench.state.commits.size();
        Preview send = board.preview("r", Map.of("mustChange", "send"));
        assertThat(send.passwords()).isEqualTo(1);
        assertThat(send.unchanged()).isEqualTo(20);
        assertThat(send.complete()).isTrue();
        Preview narrow = board.preview("r", Map.of("include", "user1", "mustChange", "send"));
        assertThat(narrow.deletions()).as("all but user1").isEqualTo(20);
        assertThat(narrow.passwords()).isZero();
        assertThat(bench.state.commits).hasSize(commits);
        assertThatThrownBy(() -> board.preview("r", Map.of("mustchange", "send")))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("'mustchange' is not a parameter of a route")
                .hasMessageContaining("mustChange");
        assertThatThrownBy(() -> board.preview("r", Map.of("pageSize", "many")))
                .hasMessageContaining("'pageSize'");
        assertThatThrownBy(() -> board.preview("r", Map.of("pageSize", "5000")))
                .hasMessageContaining("1 to 1000 are allowed");
    }

    @Test
    void explain_namesTheGateThatStoppedTheUser() throws Exception {
        bench.source.put("odd", "{CRYPT}", "x", AccountState.ACTIVE);
        board.addRoute(route("exclude=user2"));
        unlock();
        await().until(() -> status().positionAt().isPresent() && !status().fullRun());
        Explanation odd = board.explain("odd", "").get(0);
        assertThat(odd.stoppedBy().map(Gate::name)).contains("digest");
        assertThat(odd.summary()).contains("cannot process CRYPT");
        assertThat(board.explain("user2", "r").get(0).stoppedBy().map(Gate::name))
                .contains("scope");
        assertThat(board.explain("user1", "r").get(0).summary()).isEqualTo("in step");
        assertThat(board.explain("nobody", "r").get(0).summary()).contains("knows no user");
        assertThat(bench.source.allWiped()).isTrue();
    }

    @Test
    void retryOfAUserWhoWasRefused_readsAndWritesAgain() throws Exception {
        bench.target.answers.put(new SourceAnchor("user5"), Outcome.REJECTED);
        board.addRoute(route());
        unlock();
        untilInStep(19);
        bench.target.answers.clear();
        assertThat(board.retry("r", "user5", "anna")).isEqualTo(1);
        untilInStep(20);
        assertThat(bench.events.numbers()).contains(9053);
    }

    @Test
    void unknownRoute_isNamedWithThoseThereAre() {
        board.addRoute(route());
        assertThatThrownBy(() -> board.pause("x", "", "anna"))
                .hasMessageContaining("there is no route 'x'; configured are [r]");
        assertThat(board.route("x")).isEqualTo(Optional.empty());
    }

    @Test
    void locking_breaksARunningCallOff_andUnlockingGoesOn() {
        AtomicInteger batches = new AtomicInteger();
        bench.target.refusal = batch -> batches.incrementAndGet() > 1 ? hang() : null;
        board.addRoute(route("pageSize=8"));
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
