/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.UnusableItem;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyRefusedException;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.store.Standing;
import io.passbridge.store.SyncState.Counts;
import io.passbridge.store.SyncState.Reading;
import io.passbridge.sync.engine.Faults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CycleTest {
    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    private void people(int count) {
        for (int i = 0; i < count; i++) {
            bench.source.password("user" + i, "first" + i);
        }
    }

    private static SourceAnchor anchor(String user) {
        return new SourceAnchor(user);
    }

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

    @Test
    void itemToBeRetried_isQueuedAsAnAnchor_andReadAfresh() throws Exception {
        people(3);
        bench.target.answers.put(anchor("user1"), Outcome.RETRY);
        RunTally tally = bench.cycle();
        assertThat(tally.sum().retried()).isEqualTo(1);
        assertThat(bench.events.numbers()).contains(605);
        bench.target.answers.clear();
        bench.source.password("user1", "second");
        bench.clock.advance(Duration.ofMinutes(1));
        bench.cycle();
        assertThat(bench.digestAtTarget("user1")).isEqualTo("digest of {SHA}second");
        assertThat(bench.state.retries).isEmpty();
        assertThat(bench.events.numbers()).contains(606);
    }

    @Test
    void retriesThatFailTooOften_areGivenUp_andTheJournalSaysSo() throws Exception {
        people(1);
        bench.target.answers.put(anchor("user0"), Outcome.RETRY);
        for (int i = 0; i < 5; i++) {
            bench.clock.advance(Duration.ofHours(2));
            bench.cycle("retryAttempts=3");
        }
        assertThat(bench.state.retries).isEmpty();
        assertThat(bench.state.users.get(anchor("user0")).detail())
                .startsWith("given up after 3 attempts");
        assertThat(bench.events.numbers()).containsOnlyOnce(620);
    }

    @Test
    void newerChange_supersedesTheRetry() throws Exception {
        people(1);
        bench.target.answers.put(anchor("user0"), Outcome.RETRY);
        bench.cycle();
        bench.target.answers.clear();
        bench.source.password("user0", "second");
        bench.cycle();
        assertThat(bench.state.retries).isEmpty();
        assertThat(bench.digestAtTarget("user0")).isEqualTo("digest of {SHA}second");
    }

    @Test
    void changeOfStateAlone_doesNotOvertakeAPasswordInTheQueue() throws Exception {
        people(1);
        bench.cycle();
        bench.source.password("user0", "second");
        bench.target.answers.put(anchor("user0"), Outcome.RETRY);
        bench.cycle();
        bench.target.answers.clear();
        bench.source.state("user0", AccountState.of(Flag.DISABLED));
        bench.cycle();
        assertThat(bench.state.retries).containsOnlyKeys(anchor("user0"));
        bench.clock.advance(Duration.ofMinutes(1));
        bench.cycle();
        assertThat(bench.digestAtTarget("user0")).isEqualTo("digest of {SHA}second");
        assertThat(bench.target.held.get(anchor("user0")).state().has(Flag.DISABLED)).isTrue();
    }

    @Test
    void changeOfStateAlone_ofAUserWhoWasGivenUp_readsThePasswordAgain() throws Exception {
        people(1);
        bench.cycle();
        bench.source.password("user0", "second");
        bench.target.answers.put(anchor("user0"), Outcome.REJECTED);
        bench.cycle();
        bench.target.answers.clear();
        bench.source.state("user0", AccountState.of(Flag.PASSWORD_NEVER_EXPIRES));
        bench.cycle();
        bench.cycle();
        assertThat(bench.digestAtTarget("user0")).isEqualTo("digest of {SHA}second");
    }

    @Test
    void stateAlone_isSentWithoutADigest_andCounted() throws Exception {
        people(2);
        bench.cycle();
        bench.source.state("user1", AccountState.of(Flag.DISABLED));
        bench.cycle();
        assertThat(bench.target.held.get(anchor("user1")).digest()).isEmpty();
        assertThat(bench.target.held.get(anchor("user1")).state().has(Flag.DISABLED)).isTrue();
        assertThat(bench.digestAtTarget("user1")).isEqualTo("digest of {SHA}first1");
        assertThat(bench.events.numbers()).contains(668);
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
    void moreDeletionsThanPermitted_stopTheRun_beforeAnyIsCarriedOut() throws Exception {
        people(20);
        bench.cycle();
        for (int i = 0; i < 6; i++) {
            bench.source.delete("user" + i);
        }
        assertThatThrownBy(() -> bench.cycle("deletionThreshold=5"))
                .hasMessageContaining("at least 6 users")
                .hasMessageContaining("deletionThreshold is 5");
        assertThat(bench.target.held.values()).noneMatch(u -> Gates.gone(u.state()));
        bench.cycle(Bench.settings("deletionThreshold=5"), false, true);
        assertThat(bench.target.held.values()).filteredOn(u -> Gates.gone(u.state())).hasSize(6);
    }

    @Test
    void userWhoLeavesTheFilter_isTakenOutOfScopeAtTheTarget() throws Exception {
        people(2);
        bench.cycle();
        bench.source.password("user1", "second");
        bench.cycle("exclude=user1");
        assertThat(bench.target.held.get(anchor("user1")).state().has(Flag.OUT_OF_SCOPE)).isTrue();
        assertThat(bench.digestAtTarget("user1")).isEqualTo("digest of {SHA}first1");
    }

    @Test
    void everybodySeen_standsInExactlyOnePlace() throws Exception {
        people(4);
        bench.source.put("odd", "{CRYPT}", "x", AccountState.ACTIVE);
        bench.source.unusable.add(
                new UnusableItem("people.ldif:7", "torn", Optional.empty(), "no anchor"));
        bench.cycle("exclude=user1");
        assertThat(bench.state.counts("r"))
                .isEqualTo(
                        new Counts(
                                Map.of(
                                        Standing.IN_STEP, 3L,
                                        Standing.REFUSED, 1L,
                                        Standing.OUTSIDE, 1L,
                                        Standing.UNUSABLE, 1L)));
        assertThat(bench.target.held).doesNotContainKey(anchor("user1"));
        bench.source.unusable.clear();
        bench.cycle(Bench.settings("exclude=user1"), true, false);
        assertThat(bench.state.counts("r").of(Standing.UNUSABLE)).isZero();
        assertThat(bench.state.counts("r").seen()).isEqualTo(5);
    }

    @Test
    void userWhomTheSourceCannotReadNow_waits_andHoldsUpNobody() throws Exception {
        people(3);
        bench.source.unreadable.add(anchor("user1"));
        bench.cycle();
        assertThat(bench.state.counts("r").of(Standing.IN_STEP)).isEqualTo(2);
        assertThat(bench.state.counts("r").of(Standing.WAITING)).isEqualTo(1);
        assertThat(bench.state.retries.get(anchor("user1")).reason()).isEqualTo("torn");

        bench.source.unreadable.clear();
        bench.clock.advance(Duration.ofMinutes(1));
        bench.cycle();
        assertThat(bench.digestAtTarget("user1")).isEqualTo("digest of {SHA}first1");
        assertThat(bench.state.counts("r").of(Standing.WAITING)).isZero();
    }

    @Test
    void oneOfManyRetries_whomTheSourceRefuses_leavesTheOthersAlone() throws Exception {
        people(4);
        bench.source.unreadable.addAll(List.of(anchor("user0"), anchor("user2")));
        bench.cycle();
        bench.source.unreadable.remove(anchor("user0"));
        bench.clock.advance(Duration.ofMinutes(1));
        bench.cycle();
        assertThat(bench.digestAtTarget("user0")).isEqualTo("digest of {SHA}first0");
        assertThat(bench.state.retries).containsOnlyKeys(anchor("user2"));
        assertThat(bench.state.retries.get(anchor("user2")).reason())
                .contains("one of them is torn");
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
    void eachReason_isOneEvent_withItsOwnCount() throws Exception {
        people(1);
        bench.cycle();
        bench.events.records.clear();
        bench.source.put("odd1", "{CRYPT}", "x", AccountState.ACTIVE);
        bench.source.put("odd2", "{CRYPT}", "x", AccountState.ACTIVE);
        bench.source.put("odd3", "{SMD5}", "x", AccountState.ACTIVE);
        bench.source.unusable.add(
                new UnusableItem("people.ldif:7", "torn", Optional.empty(), "no anchor"));
        bench.cycle();
        assertThat(bench.events.records)
                .filteredOn(r -> r.number() == 664)
                .extracting(r -> r.attributes().get("count"), r -> r.attributes().get("users"))
                .containsExactlyInAnyOrder(
                        tuple("2", "odd1, odd2"),
                        tuple("1", "odd3"),
                        tuple("1", "torn (people.ldif:7)"));
        assertThat(bench.events.records)
                .filteredOn(r -> r.number() == 664)
                .extracting(r -> r.attributes().get("reason"))
                .doesNotHaveDuplicates();
    }

    @Test
    void userLeftOutFromTheStart_whoIsIncludedLater_getsThePasswordToo() throws Exception {
        people(2);
        bench.cycle("exclude=user1");
        bench.source.state("user1", AccountState.of(Flag.PASSWORD_NEVER_EXPIRES));
        bench.cycle();
        bench.cycle();
        assertThat(bench.digestAtTarget("user1")).isEqualTo("digest of {SHA}first1");
        assertThat(bench.state.counts("r")).isEqualTo(new Counts(Map.of(Standing.IN_STEP, 2L)));
    }

    @Test
    void asManyDeletionsAsPermitted_areCarriedOut_andLeavingTheScopeCounts() throws Exception {
        people(20);
        bench.cycle();
        for (int i = 0; i < 5; i++) {
            bench.source.delete("user" + i);
        }
        bench.cycle("deletionThreshold=5");
        assertThat(bench.target.held.values()).filteredOn(u -> Gates.gone(u.state())).hasSize(5);
        for (int i = 5; i < 11; i++) {
            bench.source.password("user" + i, "second");
        }
        assertThatThrownBy(() -> bench.cycle("deletionThreshold=5", "include=nobody"))
                .hasMessageContaining("deletionThreshold is 5");
        assertThat(bench.target.held.values()).filteredOn(u -> Gates.gone(u.state())).hasSize(5);
    }

    @Test
    void userObjectThatTheFilterNeedsButTheSourceDoesNotGive_isOwed_notDropped() throws Exception {
        people(2);
        bench.cycle();
        bench.source.accountsAtHand = false;
        bench.source.password("user1", "second");
        bench.cycle("exclude=nobody");
        assertThat(bench.digestAtTarget("user1")).isEqualTo("digest of {SHA}second");
    }

    @Test
    void credentialThatNoSchemeAccepts_isRefusedOnce_andOthersGoThrough() throws Exception {
        people(2);
        bench.source.put("odd", "{CRYPT}", "x", AccountState.ACTIVE);
        RunTally tally = bench.cycle();
        assertThat(tally.sum().failed()).isEqualTo(1);
        assertThat(bench.state.users.get(anchor("odd")).detail()).contains("cannot process CRYPT");
        assertThat(bench.events.numbers()).contains(664);
    }

    @Test
    void closedAccountWithUnusablePassword_isClosedAtTheTargetAllTheSame() throws Exception {
        people(1);
        bench.cycle();
        bench.source.put("user0", "{CRYPT}", "x", AccountState.of(Flag.DISABLED));
        bench.cycle();
        assertThat(bench.target.held.get(anchor("user0")).state().has(Flag.DISABLED)).isTrue();
        assertThat(bench.state.users.get(anchor("user0")).outcome()).isEqualTo(Outcome.REJECTED);
    }

    @Test
    void refusedPasswordOfAClosedAccount_arrivesOnceItMay() throws Exception {
        people(1);
        bench.cycle();
        bench.source.put("user0", "{SSHA512}", "x", AccountState.of(Flag.DISABLED));
        bench.cycle();
        assertThat(bench.digestAtTarget("user0")).isEqualTo("digest of {SHA}first0");
        bench.target.schemes = Set.of("test", "SSHA512");
        bench.cycle(Bench.settings("passThrough=SSHA512"), true, false);
        assertThat(bench.digestAtTarget("user0")).isEqualTo("{SSHA512}x");
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
    void digestThatTheTargetDoesNotTake_isAFaultOfTheConfiguration() {
        bench.target.schemes = Set.of("pph1");
        assertThatThrownBy(bench::cycle)
                .hasMessageContaining("does not take the digest scheme test")
                .hasMessageContaining("etc/io.passbridge.route-r.cfg");
    }

    @Test
    void usersWhoAreMissing_areMadeBeforeTheirPassword() throws Exception {
        people(5);
        bench.target.anyUser = false;
        bench.cycle("accounts=create");
        assertThat(bench.target.users).hasSize(5);
        assertThat(bench.target.digests).hasSize(5);
    }

    @Test
    void missingUsersOnARouteThatMakesNone_areRetried() throws Exception {
        people(1);
        bench.target.anyUser = false;
        bench.cycle();
        assertThat(bench.state.retries).containsOnlyKeys(anchor("user0"));
        bench.target.users.add(anchor("user0"));
        bench.clock.advance(Duration.ofMinutes(1));
        bench.cycle();
        assertThat(bench.digestAtTarget("user0")).isEqualTo("digest of {SHA}first0");
    }

    @Test
    void mustChangeSkip_waitsForTheNewPassword() throws Exception {
        people(1);
        bench.cycle("mustChange=skip");
        bench.source.put("user0", "{SHA}", "reset", AccountState.of(Flag.MUST_CHANGE_PASSWORD));
        bench.cycle("mustChange=skip");
        assertThat(bench.digestAtTarget("user0")).isEqualTo("digest of {SHA}first0");
        bench.source.put("user0", "{SHA}", "own", AccountState.ACTIVE);
        bench.cycle("mustChange=skip");
        assertThat(bench.digestAtTarget("user0")).isEqualTo("digest of {SHA}own");
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
                new LegacyRefusedException(LegacyAlgorithm.SHORT_SALT, "digest pph1"));
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

    @Test
    void sourceThatDoesNotMoveOn_isNotReadForEver() {
        people(30);
        bench.source.stuck = true;
        assertThatThrownBy(() -> bench.cycle("pageSize=10"))
                .hasMessageContaining("says that there is more but does not move on");
    }

    @Test
    void retryOfSomebodyOfWhomTheSourceSaysNothing_ends_andLeavesTheTargetAlone() throws Exception {
        people(2);
        bench.source.tellsNow = true;
        bench.cycle();
        bench.target.answers.put(anchor("user0"), Outcome.RETRY);
        bench.source.password("user0", "second");
        bench.cycle();
        assertThat(bench.state.retries).hasSize(1);
        bench.target.answers.clear();
        bench.source.put("user0", "", "", AccountState.of(Flag.OUT_OF_SCOPE), 0);
        bench.clock.advance(Duration.ofHours(1));
        bench.cycle();
        assertThat(bench.state.retries).isEmpty();
        assertThat(bench.target.held.get(anchor("user0")).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(bench.digestAtTarget("user0")).isEqualTo("digest of {SHA}first0");
    }

    @Test
    void answersForUsersNobodyAskedFor_areNotWritten() throws Exception {
        people(3);
        bench.cycle();
        bench.target.answers.put(anchor("user1"), Outcome.RETRY);
        bench.source.password("user1", "second");
        bench.cycle();
        bench.target.answers.clear();
        bench.source.talkative = true;
        Set<String> asked = new TreeSet<>();
        bench.target.refusal =
                batch -> {
                    batch.forEach(update -> asked.add(update.anchor().value()));
                    return null;
                };
        bench.clock.advance(Duration.ofHours(1));
        bench.cycle();
        assertThat(asked).containsExactly("user1");
        assertThat(bench.source.allWiped()).isTrue();
    }

    @Test
    void pause_isHeededWithinALongRetryQueue() throws Exception {
        people(40);
        for (int i = 0; i < 40; i++) {
            bench.target.answers.put(anchor("user" + i), Outcome.RETRY);
        }
        bench.cycle("pageSize=10");
        assertThat(bench.state.retries).hasSize(40);
        bench.target.answers.clear();
        bench.target.writes.clear();
        bench.clock.advance(Duration.ofHours(1));
        bench.state.observer = page -> bench.stopping = true;
        assertThatThrownBy(() -> bench.cycle("pageSize=10"))
                .isInstanceOfSatisfying(
                        CycleFailure.class,
                        e -> assertThat(e.kind()).isEqualTo(CycleFailure.Kind.STOPPED));
        assertThat(bench.target.writes).as("the page that was under way").hasSize(10);
        assertThat(bench.state.retries).hasSize(30);
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
