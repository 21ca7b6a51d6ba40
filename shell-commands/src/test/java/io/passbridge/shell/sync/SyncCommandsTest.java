/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.shell.kit.CommandRun;
import io.passbridge.shell.kit.ExitStatus;
import io.passbridge.store.Latencies;
import io.passbridge.store.Parity;
import io.passbridge.store.RunHistory.Result;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.store.Standing;
import io.passbridge.store.SyncState.Person;
import io.passbridge.sync.ParityReport.Unproven;
import io.passbridge.sync.Promptness;
import io.passbridge.sync.RouteStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SyncCommandsTest {
    private final FixedSynchronization one = new FixedSynchronization("corp_cloud");
    private final FixedSynchronization two = new FixedSynchronization("a", "b");

    @Test
    void status_showsEveryRoute() {
        CommandRun run = CommandRun.of(new ShowStatus(two), "sync:status");
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.lines()).hasSize(3);
        assertThat(run.out()).contains("idle", "9,990", "success", "pph1");
    }

    @Test
    void status_ofOneRoute_showsAllAboutIt() {
        CommandRun run = CommandRun.of(new ShowStatus(one), "sync:status corp_cloud");
        assertThat(run.out()).contains("in step", "9,990", "5 of 10 users, 2 a second", "server-1");
    }

    @Test
    void status_asJson_hasTheRecord() {
        CommandRun run = CommandRun.of(new ShowStatus(one), "sync:status --json");
        assertThat(run.out()).contains("\"state\":\"idle\"", "\"in-step\":9990");
    }

    @Test
    void status_isNeverGreenWhileSomebodyIsLeftOut() {
        one.people.put(Standing.UNUSABLE, 1L);
        CommandRun run = CommandRun.of(new ShowStatus(one), "sync:status");
        assertThat(run.out()).contains("partly", "9,991").doesNotContain("success");
    }

    @Test
    void people_areListedWithTheirReasons_inPages() {
        for (int i = 0; i < 5; i++) {
            one.refused.add(new Person("user" + i, "", "no {SHA}"));
        }
        CommandRun first = CommandRun.of(new ListPeople(one), "sync:people --refused --limit 2");
        assertThat(first.out())
                .contains("user0", "refused", "no {SHA}", "--skip 2 goes on")
                .containsPattern("anna .*user1")
                .doesNotContain("user2");
        CommandRun last = CommandRun.of(new ListPeople(one), "sync:people --skip 4");
        assertThat(last.out()).contains("user4").doesNotContain("user3", "goes on");
        assertThat(CommandRun.of(new ListPeople(one), "sync:people --waiting").out())
                .contains("Nobody stands so.");
    }

    @Test
    void verify_saysOfHowManyItIsProven_andNamesTheOthers() {
        CommandRun proven = CommandRun.of(new VerifyRoute(one), "sync:verify --sample 298");
        assertThat(proven.status()).isEqualTo(ExitStatus.DONE);
        assertThat(proven.lines())
                .containsExactly("298 people of 9,990 in step compared: 298 the same.");
        one.parity.put(Parity.DIFFERENT, 1L);
        one.parity.put(Parity.MOVING, 2L);
        one.doubts.add(new Unproven("user1", Parity.DIFFERENT, "the target has no password"));
        CommandRun doubtful = CommandRun.of(new VerifyRoute(one), "sync:verify --repair");
        assertThat(doubtful.status()).isEqualTo(ExitStatus.PARTLY_DONE);
        assertThat(doubtful.out())
                .contains("1 different, 2 moving; 2 mended.")
                .containsPattern("anna .*different .*user1 .*the target has no password");
        assertThat(CommandRun.of(new VerifyRoute(one), "sync:verify --json").out())
                .contains("\"different\":1", "\"user\":\"anna\"", "\"anchor\":\"user1\"");
        assertThat(CommandRun.of(new VerifyRoute(one), "sync:verify --found").out())
                .contains("anna", "absent", "gone");
        assertThat(CommandRun.of(new VerifyRoute(one), "sync:verify --found --repair").status())
                .isEqualTo(ExitStatus.USAGE);
        assertThat(one.acts)
                .containsExactly(
                        "verify corp_cloud 298",
                        "verify corp_cloud and repair",
                        "verify corp_cloud");
    }

    @Test
    void watchedStatus_isNotShownAgain_onlyBecauseAnotherRunEndedAsTheLast() {
        CommandRun run = CommandRun.of(new ShowStatus(one), "sync:status --watch --for 2s");
        assertThat(run.lines()).filteredOn(line -> line.startsWith("ROUTE")).hasSize(1);
    }

    @Test
    void run_withoutARoute_runsAll() {
        CommandRun run = CommandRun.of(new RunRoute(two), "sync:run --full");
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(two.acts).containsExactly("run a full", "run b full");
    }

    @Test
    void run_thatFails_ends2_andOneThatOwesUsers3() {
        one.result = Result.FAILED;
        CommandRun failed = CommandRun.of(new RunRoute(one), "sync:run");
        assertThat(failed.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(failed.failure()).contains("source corp is away");
        one.result = Result.PARTLY;
        assertThat(CommandRun.of(new RunRoute(one), "sync:run").status())
                .isEqualTo(ExitStatus.PARTLY_DONE);
    }

    @Test
    void unknownRoute_isRefused_namingThoseThereAre() {
        CommandRun run = CommandRun.of(new RunRoute(two), "sync:run c");
        assertThat(run.failure()).contains("there is no route c; there are: a, b");
    }

    @Test
    void pauseWithoutARoute_isRefused_ifThereAreSeveral() {
        assertThat(CommandRun.of(new PauseRoute(two), "sync:pause").failure())
                .contains("name a route; there are: a, b");
        CommandRun.of(new PauseRoute(one), "sync:pause --reason migration");
        assertThat(one.acts).containsExactly("pause corp_cloud: migration");
    }

    @Test
    void resumeOfARouteThatIsNotPaused_isRefused() {
        CommandRun run = CommandRun.of(new ResumeRoute(one), "sync:resume");
        assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(run.failure()).contains("is not paused");
    }

    @Test
    void resumeThatWouldBeRefused_asksNobody() {
        one.running = "corp_cloud";
        CommandRun run =
                CommandRun.answering(
                        new ResumeRoute(one), "sync:resume --allow-deletions", "corp_cloud");
        assertThat(run.failure()).contains("is not paused");
        assertThat(run.out()).doesNotContain("will carry out");
        assertThat(CommandRun.of(new ResumeRoute(one), "sync:resume --dry-run").failure())
                .contains("is not paused");
    }

    @Test
    void run_ofAllWithOnePaused_showsAllRowsAndEnds3() {
        two.pausedRoute = "a";
        CommandRun run = CommandRun.of(new RunRoute(two), "sync:run");
        assertThat(run.status()).isEqualTo(ExitStatus.PARTLY_DONE);
        assertThat(run.out()).contains("it is paused", "10,000");
        assertThat(two.acts).containsExactly("run b");
    }

    @Test
    void resume_thatAllowsDeletions_asks() {
        String line = "sync:resume corp_cloud --allow-deletions";
        assertThat(CommandRun.of(new ResumeRoute(one), line).status())
                .isEqualTo(ExitStatus.REFUSED);
        assertThat(one.acts).isEmpty();
        CommandRun.answering(new ResumeRoute(one), line, "corp_cloud");
        assertThat(one.acts).containsExactly("resume corp_cloud with deletions");
    }

    @Test
    void run_thatAllowsDeletions_asks_andIsForOneRoute() {
        String line = "sync:run corp_cloud --allow-deletions";
        assertThat(CommandRun.of(new RunRoute(one), line).status()).isEqualTo(ExitStatus.REFUSED);
        CommandRun.answering(new RunRoute(one), line, "another");
        assertThat(one.acts).isEmpty();
        CommandRun.answering(new RunRoute(one), line, "corp_cloud");
        assertThat(one.acts).containsExactly("run corp_cloud");
        CommandRun all = CommandRun.of(new RunRoute(two), "sync:run --allow-deletions --yes");
        assertThat(all.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(two.acts).isEmpty();
    }

    @Test
    void explain_showsTheGateThatStoppedTheUser() {
        CommandRun run = CommandRun.of(new ExplainUser(one), "sync:explain anna");
        assertThat(run.out()).contains("scope", "stopped", "anna on route corp_cloud");
        assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
    }

    @Test
    void preview_tellsHowLongItTakes() {
        CommandRun run = CommandRun.of(new PreviewRoute(one), "sync:preview --full");
        assertThat(run.out())
                .contains("1,000,000", "full", "3 × left out")
                .containsPattern("duration +2 h 0 m")
                .containsPattern("at most +4 h 0 m");
    }

    @Test
    void preview_promisesNoTimeThatNoRunKeeps() {
        one.likely = Optional.of(Duration.ofMillis(0));
        assertThat(CommandRun.of(new PreviewRoute(one), "sync:preview").out())
                .containsPattern("duration +less than a second")
                .doesNotContain(" ms", "at least", "at most");
        one.likely = Optional.empty();
        assertThat(CommandRun.of(new PreviewRoute(one), "sync:preview").out())
                .containsPattern("duration +cannot be told yet");
        one.toSend = 0;
        assertThat(CommandRun.of(new PreviewRoute(one), "sync:preview").out())
                .containsPattern("duration +what reading takes: no password is sent");
    }

    @Test
    void preview_ofPeople_saysWhoAndWhy_inPages() {
        CommandRun run =
                CommandRun.of(new PreviewRoute(one), "sync:preview --people --skip 1 --limit 1");
        assertThat(run.out())
                .contains("bert", "create", "new on this route", "more than deletionThreshold")
                .contains("1 more", "--skip 2")
                .doesNotContain("anna", "carl");
        CommandRun json = CommandRun.of(new PreviewRoute(one), "sync:preview --json");
        assertThat(json.out())
                .contains(
                        "{\"anchor\":\"anchor-of-anna\",\"user\":\"anna\",\"kind\":\"delete\","
                                + "\"reason\":\"deleted at the source\"}")
                .contains("carl");
    }

    @Test
    void leaveForDeletions_isShownByTheStatus() {
        String line = "sync:resume corp_cloud --allow-deletions --most 800 --for 30m";
        CommandRun.answering(new ResumeRoute(one), line, "corp_cloud");
        assertThat(one.leave.orElseThrow().most()).isEqualTo(800);
        assertThat(Duration.between(Instant.now(), one.leave.orElseThrow().until()))
                .isBetween(Duration.ofMinutes(28), Duration.ofMinutes(30));
        assertThat(CommandRun.of(new ShowStatus(one), "sync:status corp_cloud").out())
                .contains("800 in the next run, until 2");
        assertThat(CommandRun.of(new ResumeRoute(one), "sync:resume --most 5").status())
                .isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void preview_withOtherValues_asksForAForecastUnderThem() {
        CommandRun run =
                CommandRun.of(
                        new PreviewRoute(one),
                        "sync:preview corp_cloud --with 'mustChange=send; exclude=a=b'");
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(one.acts).containsExactly("preview corp_cloud {exclude=a=b, mustChange=send}");
        assertThat(CommandRun.of(new PreviewRoute(one), "sync:preview --with digest").status())
                .isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void historyAndRetry_reachTheEngine() {
        assertThat(CommandRun.of(new ListHistory(one), "sync:history --limit 3").out())
                .contains("10,000", "full");
        assertThat(CommandRun.of(new RetryUsers(one), "sync:retry --user anna").out())
                .contains("1 user is tried again now");
    }

    @Test
    void history_on80Columns_cutsNeitherNamesNorTimes() {
        CommandRun run = CommandRun.answering(new ListHistory(one), "sync:history");
        assertThat(run.out())
                .contains("RESULT", "--wide shows all")
                .containsPattern("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ")
                .doesNotContain("…");
    }

    @Test
    void activate_asksAndHasADryRun() {
        CommandRun dry =
                CommandRun.of(new ActivateRoute(one), "sync:activate corp_cloud --dry-run");
        assertThat(dry.status()).isEqualTo(ExitStatus.DONE);
        assertThat(one.acts).isEmpty();
        assertThat(CommandRun.of(new ActivateRoute(one), "sync:activate corp_cloud").status())
                .isEqualTo(ExitStatus.REFUSED);
        CommandRun.answering(new ActivateRoute(one), "sync:activate corp_cloud", "corp_cloud");
        assertThat(one.acts).containsExactly("activate corp_cloud");
    }

    @Test
    void activate_bringsARouteHereThatAnotherServerRuns_orAll() {
        one.phase = RouteStatus.Phase.STANDBY;
        CommandRun dry =
                CommandRun.of(new ActivateRoute(one), "sync:activate corp_cloud --dry-run");
        assertThat(dry.out()).contains("in place of server-1");
        assertThat(one.acts).isEmpty();
        CommandRun.answering(new ActivateRoute(one), "sync:activate", "corp_cloud");
        CommandRun all = CommandRun.of(new ActivateRoute(one), "sync:activate --all --yes");
        assertThat(all.out()).contains("Every route is run by this server.");
        assertThat(one.acts).containsExactly("bring corp_cloud", "bring ");
    }

    @Test
    void status_namesTheServer_whereSeveralShareTheRoutes() {
        assertThat(CommandRun.of(new ShowStatus(one), "sync:status").out())
                .doesNotContain("SERVER", "server-1");
        one.servers = List.of("server-1", "server-2");
        assertThat(CommandRun.of(new ShowStatus(one), "sync:status").out())
                .containsPattern("STATE +SERVER")
                .contains("server-1");
        assertThat(CommandRun.of(new ShowStatus(one), "sync:status --json").out())
                .contains("\"leaseHolder\":\"server-1\"");
    }

    @Test
    void status_tellsHowPromptARouteIs_andJudgesIt() {
        assertThat(status("--wide")).doesNotContain("missed", "met");
        one.promptness =
                Promptness.of(
                        Latencies.of(List.of(Duration.ofMillis(400), Duration.ofSeconds(7))),
                        Optional.of(Duration.ofSeconds(5)));
        assertThat(status("--wide"))
                .containsPattern("P99 +OBJECTIVE")
                .containsPattern("7\\.1 s +missed");
        assertThat(status("corp_cloud"))
                .containsPattern("half within +415 ms")
                .containsPattern("99 % within +7\\.1 s")
                .containsPattern("objective +5\\.0 s")
                .containsPattern("objective is +missed");
        assertThat(status("--json"))
                .contains(
                        "\"promptness\":{\"changes\":2,\"p50\":0.415,",
                        "\"objective\":5",
                        "\"missed\":true");
    }

    private String status(String argument) {
        return CommandRun.of(new ShowStatus(one), "sync:status " + argument).out();
    }

    @Test
    void exportSealed_saysWhoIsInTheFile_andWhoIsNot() {
        String line = "sync:export-sealed corp_cloud people.sealed";
        CommandRun whole = CommandRun.of(new ExportSealed(one), line);
        assertThat(whole.status()).isEqualTo(ExitStatus.DONE);
        assertThat(whole.out()).contains("20 people, 19 passwords:", "people.sealed");
        assertThat(one.acts).contains("export corp_cloud to people.sealed");
        assertThat(CommandRun.of(new ExportSealed(one), line + " --json").out())
                .contains("\"route\":\"corp_cloud\"", "\"people\":20", "\"outside\":3");
        one.leftOut = List.of("1 × hpke cannot process SHA");
        CommandRun partly = CommandRun.of(new ExportSealed(one), line);
        assertThat(partly.status()).isEqualTo(ExitStatus.PARTLY_DONE);
        assertThat(partly.failure())
                .contains("1 person is not in it")
                .contains("cannot process SHA");
        one.pausedRoute = "corp_cloud";
        assertThat(CommandRun.of(new ExportSealed(one), line).status())
                .isEqualTo(ExitStatus.REFUSED);
        assertThat(CommandRun.of(new ExportSealed(one), "sync:export-sealed corp_cloud").status())
                .isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void run_showsTheOneThatItWaitedForToo() throws Exception {
        FixedSynchronization busy = new FixedSynchronization("a");
        Run asked = busy.run("a");
        busy.history.add(withId(asked, 5, Result.SUCCESS));
        busy.meanwhile.add(withId(asked, 6, Result.PARTLY));

        CommandRun run = CommandRun.of(new RunRoute(busy), "sync:run --json");

        assertThat(run.status())
                .as("somebody was left out by the first")
                .isEqualTo(ExitStatus.PARTLY_DONE);
        assertThat(run.out()).contains("\"id\":6", "\"id\":7").doesNotContain("\"id\":5");
    }

    private static Run withId(Run run, long id, Result result) {
        return new Run(
                id,
                run.route(),
                run.full(),
                run.startedAt(),
                run.endedAt(),
                result,
                run.read(),
                run.applied(),
                run.unchanged(),
                run.failed(),
                run.retried(),
                run.reason());
    }
}
