/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.shell.kit.CommandRun;
import io.passbridge.shell.kit.ExitStatus;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.store.Standing;
import io.passbridge.store.SyncState.Person;
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
                .contains("user0", "user1", "refused", "no {SHA}", "--skip 2 goes on")
                .doesNotContain("user2");
        CommandRun last = CommandRun.of(new ListPeople(one), "sync:people --skip 4");
        assertThat(last.out()).contains("user4").doesNotContain("user3", "goes on");
        assertThat(CommandRun.of(new ListPeople(one), "sync:people --waiting").out())
                .contains("Nobody stands so.");
    }

    @Test
    void run_withoutARoute_runsAll() {
        CommandRun run = CommandRun.of(new RunRoute(two), "sync:run --full");
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(two.acts).containsExactly("run a full", "run b full");
    }

    @Test
    void run_thatFails_ends2_andOneThatOwesUsers3() {
        one.result = "failed";
        CommandRun failed = CommandRun.of(new RunRoute(one), "sync:run");
        assertThat(failed.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(failed.failure()).contains("source corp is away");
        one.result = "partly";
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
    void explain_showsTheGateThatStoppedTheUser() {
        CommandRun run = CommandRun.of(new ExplainUser(one), "sync:explain anna");
        assertThat(run.out()).contains("scope", "stopped", "anna on route corp_cloud");
        assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
    }

    @Test
    void preview_tellsHowLongItTakes() {
        CommandRun run = CommandRun.of(new PreviewRoute(one), "sync:preview --full");
        assertThat(run.out()).contains("1000000", "full", "3 × left out");
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
    void run_showsTheOneThatItWaitedForToo() throws Exception {
        FixedSynchronization busy = new FixedSynchronization("a");
        Run asked = busy.run("a");
        busy.history.add(withId(asked, 5, "success"));
        busy.meanwhile.add(withId(asked, 6, "partly"));

        CommandRun run = CommandRun.of(new RunRoute(busy), "sync:run --json");

        assertThat(run.status())
                .as("somebody was left out by the first")
                .isEqualTo(ExitStatus.PARTLY_DONE);
        assertThat(run.out()).contains("\"id\":6", "\"id\":7").doesNotContain("\"id\":5");
    }

    private static Run withId(Run run, long id, String result) {
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
