/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.credential.AccountState;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.RunHistory;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.sync.page.PageResult;
import io.passbridge.sync.page.RunTally;
import io.passbridge.sync.simulation.Bench;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cycle reads, sends and records where nothing is wrong. */
class CycleTest extends CycleLab {
    @Test
    void firstCycle_isAFullRun_andBringsEveryUserOnce() throws Exception {
        people(95);
        RunTally tally = bench.cycle("pageSize=10");
        assertThat(tally.sum()).isEqualTo(new PageResult(95, 95, 0, 0, 0, 0));
        assertThat(bench.target.digests).hasSize(95);
        assertThat(bench.digestAtTarget("user42")).isEqualTo("digest of {SHA}first42");
        assertThat(bench.state.position.fullRun()).isFalse();
        assertThat(bench.events.numbers()).contains(618).doesNotContain(650, 656);
        assertThat(bench.source.allWiped()).isTrue();
    }

    @Test
    void eachPage_isCommittedWithWhatTheRunHasDoneByThen() throws Exception {
        people(25);
        RunTally tally = new RunTally(sum -> Optional.of(recorded(sum)));
        new RouteRun(
                        bench.parts(Bench.settings("pageSize=10")),
                        new RouteRun.Instruction(false, OptionalLong.empty()),
                        tally)
                .execute(() -> {});
        assertThat(bench.state.commits)
                .extracting(page -> page.run().orElseThrow().read())
                .containsExactly(0L, 10L, 20L, 25L);
        assertThat(bench.state.commits.get(3).run()).contains(recorded(tally.sum()));
    }

    private static Run recorded(PageResult sum) {
        return new Run(
                1,
                "r",
                true,
                Instant.EPOCH,
                Optional.empty(),
                RunHistory.Result.RUNNING,
                sum.read(),
                sum.applied(),
                sum.unchanged(),
                sum.failed(),
                sum.retried(),
                "");
    }

    @Test
    void deltaCycle_readsFromTheWatermark_andSaysWhoChanged() throws Exception {
        people(30);
        bench.cycle();
        bench.events.records.clear();
        bench.source.password("user7", "second");
        RunTally tally = bench.cycle();
        assertThat(tally.sum().read()).isEqualTo(1);
        assertThat(bench.digestAtTarget("user7")).isEqualTo("digest of {SHA}second");
        assertThat(bench.events.numbers()).containsExactly(650, 656, 657, 651);
        assertThat(bench.events.records.get(1).attributes()).containsEntry("users", "user7");
        assertThat(bench.events.records.toString()).doesNotContain("second");
    }

    @Test
    void idleCycle_costsOneReadOfTheSource_andWritesNothing() throws Exception {
        people(200);
        bench.cycle();
        int commits = bench.state.commits.size();
        int queries = bench.state.userQueries;
        int reads = bench.source.reads;
        bench.cycle();
        assertThat(bench.state.commits).hasSize(commits);
        assertThat(bench.state.userQueries).isEqualTo(queries);
        assertThat(bench.source.reads).isEqualTo(reads + 1);
    }

    @Test
    void severalChangesOfOneUserInAPage_sendTheLastOnly() throws Exception {
        people(1);
        bench.cycle();
        bench.source.password("user0", "second");
        bench.source.password("user0", "third");
        bench.target.writes.clear();
        bench.cycle();
        assertThat(bench.target.writes).hasSize(1);
        assertThat(bench.digestAtTarget("user0")).isEqualTo("digest of {SHA}third");
    }

    @Test
    void fullRunOnDemand_asksTheTargetAboutEveryUser() throws Exception {
        people(10);
        bench.cycle();
        bench.target.held.clear();
        bench.target.digests.clear();
        RunTally tally = bench.cycle(Bench.settings(), true, false);
        assertThat(tally.sum().applied()).isEqualTo(10);
        assertThat(bench.target.digests).hasSize(10);
    }

    @Test
    void schemeThatJudgedItselfTooSlow_getsLargerPagesOnceItIsSeenToBeFast() throws Exception {
        bench.scheme.perSecond = 4;
        people(2_000);
        bench.cycle("pageSize=500");
        assertThat(bench.source.limits.get(0)).isLessThan(20);
        assertThat(bench.source.limits).contains(500);
    }

    @Test
    void passThrough_sendsOnlyWhatTheTargetLists() throws Exception {
        bench.target.schemes = Set.of("test", "SSHA512");
        bench.source.put("listed", "{SSHA512}", "abc", AccountState.ACTIVE);
        bench.source.put("unlisted", "{CRYPT}", "abc", AccountState.ACTIVE);
        bench.source.put("clear", "", "plain", AccountState.ACTIVE);
        bench.cycle("passThrough=*");
        assertThat(bench.digestAtTarget("listed")).isEqualTo("{SSHA512}abc");
        assertThat(bench.target.digests).containsOnlyKeys(anchor("listed"));
    }

    @Test
    void usersWhoAreMissing_areMadeBeforeTheirPassword() throws Exception {
        people(5);
        bench.target.anyUser = false;
        bench.cycle("accounts=create");
        assertThat(bench.target.users).hasSize(5);
        assertThat(bench.target.digests).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void renamedUser_isRenamedByADelta_alsoWhereChangesBringNoNames(boolean atHand)
            throws Exception {
        bench.source.accountsAtHand = atHand;
        people(3);
        bench.cycle("accounts=create");
        int writes = bench.target.writes.size();
        bench.source.rename("user2", "renamed");
        bench.cycle("accounts=create");
        assertThat(bench.target.accounts.get(new SourceAnchor("user2")).loginName())
                .isEqualTo("renamed");
        assertThat(bench.target.writes).as("no password goes along").hasSize(writes);
    }
}
