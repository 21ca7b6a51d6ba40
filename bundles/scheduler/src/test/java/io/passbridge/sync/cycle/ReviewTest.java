/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.credential.SourceCredential;
import io.passbridge.store.Standing;
import io.passbridge.store.SyncState.Reading;
import io.passbridge.store.SyncState.RoutePosition;
import io.passbridge.sync.page.RunTally;
import io.passbridge.sync.route.CycleFailure;
import io.passbridge.sync.simulation.Bench;
import io.passbridge.sync.simulation.Faults.Fault;
import io.passbridge.sync.simulation.TestScheme;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever a gate has stopped comes again by itself when the gate changes, and nobody else. */
class ReviewTest {
    private static final AccountState MUST_CHANGE = AccountState.of(Flag.MUST_CHANGE_PASSWORD);

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

    /**
     * Runs cycles under the old and the new configuration, and tells who was written by the new.
     */
    private List<String> writtenAfter(String before, String after) throws Exception {
        bench.cycle(before);
        bench.target.writes.clear();
        bench.events.records.clear();
        bench.cycle(after);
        return bench.target.writes.stream()
                .map(PasswordUpdate::anchor)
                .map(SourceAnchor::value)
                .toList();
    }

    private long standing(Standing standing) {
        return bench.state.counts("r").of(standing);
    }

    @Test
    void mustChange_fromSkipToSend_sendsThoseWhoWereStopped_andNobodyInStep() throws Exception {
        people(30);
        bench.source.put("new", "{SHA}", "secret", MUST_CHANGE);
        assertThat(writtenAfter("mustChange=skip", "mustChange=send")).containsExactly("new");
        assertThat(bench.digestAtTarget("new")).isEqualTo("digest of {SHA}secret");
        assertThat(standing(Standing.IN_STEP)).isEqualTo(31);
        assertThat(bench.events.numbers()).contains(9055);
        assertThat(bench.events.records.toString()).contains("changed=mustChange");
        assertThat(bench.state.position.reading()).isEqualTo(Reading.CHANGES);
    }

    @Test
    void sameConfiguration_readsNobodyAgain() throws Exception {
        people(30);
        bench.cycle("mustChange=skip", "pageSize=10");
        int reads = bench.source.reads;
        bench.cycle("mustChange=skip", "pageSize=9", "cycleSeconds=5");
        assertThat(bench.source.reads).isEqualTo(reads + 1);
        assertThat(bench.events.numbers()).doesNotContain(9055);
    }

    @Test
    void include_widenedAndNarrowed_movesThoseWhomItConcerns() throws Exception {
        people(12);
        assertThat(writtenAfter("include=user1", "include=user1\\d*"))
                .containsExactly("user10", "user11");
        assertThat(writtenAfter("include=user1\\d*", "exclude=user1"))
                .as("user1 leaves, and all but the two come")
                .hasSize(10)
                .contains("user1", "user2")
                .doesNotContain("user10", "user11");
        assertThat(bench.target.held.get(new SourceAnchor("user1")).state().has(Flag.OUT_OF_SCOPE))
                .isTrue();
        assertThat(standing(Standing.OUTSIDE)).isEqualTo(1);
    }

    @Test
    void include_thatWouldTakeTooManyAway_stopsAtTheThreshold() throws Exception {
        people(12);
        bench.cycle("deletionThreshold=3");
        bench.target.writes.clear();
        assertThatThrownBy(() -> bench.cycle("deletionThreshold=3", "include=user1"))
                .isInstanceOfSatisfying(
                        CycleFailure.class,
                        e -> assertThat(e.kind()).isEqualTo(CycleFailure.Kind.DELETIONS));
        assertThat(bench.target.writes).isEmpty();
    }

    @Test
    void passThrough_thatIsAdded_sendsWhatItLetsThrough() throws Exception {
        people(5);
        bench.target.schemes = Set.of("test", "SSHA512");
        bench.source.put("salted", "{SSHA512}", "QUFBQQ==", AccountState.ACTIVE);
        assertThat(writtenAfter("mustChange=send", "passThrough=SSHA512"))
                .containsExactly("salted");
    }

    @Test
    void kindThatTheTargetListsNow_comes() throws Exception {
        people(20);
        bench.source.put("salted", "{SSHA512}", "QUFBQQ==", AccountState.ACTIVE);
        bench.cycle("passThrough=*", "pageSize=10");
        assertThat(standing(Standing.REFUSED)).isEqualTo(1);
        bench.target.schemes = Set.of("test", "SSHA512");
        bench.cycle("passThrough=*", "pageSize=10");
        assertThat(standing(Standing.IN_STEP)).isEqualTo(21);
    }

    @Test
    void kindThatTheTargetNoLongerVerifies_leavesNobodyInStepWithIt() throws Exception {
        people(20);
        bench.target.schemes = Set.of("test", "SSHA512");
        bench.source.put("salted", "{SSHA512}", "QUFBQQ==", AccountState.ACTIVE);
        bench.cycle("passThrough=*", "pageSize=10");
        assertThat(standing(Standing.IN_STEP)).isEqualTo(21);
        bench.target.schemes = Set.of("test");
        bench.events.records.clear();
        bench.cycle("passThrough=*", "pageSize=10");
        assertThat(standing(Standing.IN_STEP)).isEqualTo(20);
        assertThat(standing(Standing.REFUSED)).isEqualTo(1);
        assertThat(bench.events.records.toString()).contains("changed=kinds");
        int reads = bench.source.reads;
        bench.cycle("passThrough=*", "pageSize=10");
        assertThat(bench.source.reads).as("judged once").isEqualTo(reads + 1);
        bench.target.schemes = Set.of("test", "SSHA512");
        bench.cycle("passThrough=*", "pageSize=10");
        assertThat(standing(Standing.IN_STEP)).isEqualTo(21);
    }

    @Test
    void kindThatIsGoneWithTheOldDigest_getsEverybodyTheNewOne() throws Exception {
        people(4);
        bench.target.schemes = Set.of("test", "other");
        bench.cycle();
        bench.schemes.add(
                new TestScheme() {
                    @Override
                    public String name() {
                        return "other";
                    }
                });
        bench.target.writes.clear();
        bench.cycle("digest=other");
        assertThat(bench.target.writes).as("those in step keep theirs").isEmpty();
        bench.target.schemes = Set.of("other");
        bench.cycle("digest=other");
        assertThat(bench.target.writes).hasSize(4);
        assertThat(standing(Standing.IN_STEP)).isEqualTo(4);
    }

    @Test
    void kindThatIsAwayForAMoment_readsNobodyAgain() throws Exception {
        people(4);
        bench.target.schemes = Set.of("test", "SSHA512");
        bench.cycle();
        int reads = bench.source.reads;
        AtomicInteger asked = new AtomicInteger();
        bench.target.listed =
                () -> asked.incrementAndGet() < 3 ? Set.of("test") : bench.target.schemes;
        bench.cycle();
        assertThat(asked).hasValue(3);
        assertThat(bench.source.reads).isEqualTo(reads + 1);
        assertThat(bench.target.writes).hasSize(4);
    }

    @Test
    void accounts_fromNoneToCreate_makesThoseWhomTheTargetDidNotKnow() throws Exception {
        bench.target.anyUser = false;
        bench.target.users.add(new SourceAnchor("user0"));
        people(3);
        bench.cycle("retryAttempts=1");
        assertThat(standing(Standing.REFUSED)).isEqualTo(2);
        bench.target.writes.clear();
        bench.cycle("retryAttempts=1", "accounts=create");
        assertThat(standing(Standing.IN_STEP)).isEqualTo(3);
        assertThat(bench.target.writes).hasSize(2);
    }

    @Test
    void parametersOfTheDigest_judgeTheRefusedAnew_andAreNotMissedWhileTheBundleIsAway()
            throws Exception {
        people(3);
        bench.target.answers.put(new SourceAnchor("user1"), Outcome.REJECTED);
        bench.cycle();
        bench.target.answers.clear();
        String gates = bench.state.position.gates();
        bench.schemes.remove(bench.scheme);
        assertThatThrownBy(bench::cycle).hasMessageContaining("no bundle provides");
        assertThat(bench.state.position.gates()).as("the bundle is away").isEqualTo(gates);
        bench.schemes.add(
                new TestScheme() {
                    @Override
                    public String parameters() {
                        return "cheaper; cost=1";
                    }
                });
        bench.target.writes.clear();
        bench.cycle();
        assertThat(bench.target.writes).hasSize(1);
        assertThat(standing(Standing.IN_STEP)).isEqualTo(3);
    }

    @Test
    void reviewThatIsCutOff_goesOn_andAnotherChangeBeginsItAnew() throws Exception {
        people(40);
        bench.source.put("z", "{SHA}", "secret", MUST_CHANGE);
        bench.cycle("mustChange=skip", "pageSize=10");
        bench.faults.source.addAll(List.of(Fault.NONE, Fault.NONE, Fault.UNREACHABLE));
        assertThatThrownBy(() -> bench.cycle("pageSize=10")).isInstanceOf(CycleFailure.class);
        assertThat(bench.state.position.reading()).isEqualTo(Reading.REVIEW);
        bench.target.writes.clear();
        int reads = bench.source.reads;
        bench.cycle("pageSize=10");
        assertThat(bench.source.reads - reads).as("the rest alone").isEqualTo(3);
        assertThat(bench.target.writes).hasSize(1);
        bench.faults.source.addAll(List.of(Fault.NONE, Fault.UNREACHABLE));
        assertThatThrownBy(() -> bench.cycle("pageSize=10", "exclude=user1"))
                .isInstanceOf(CycleFailure.class);
        bench.cycle("pageSize=10");
        assertThat(bench.state.position.reading()).isEqualTo(Reading.CHANGES);
        assertThat(standing(Standing.IN_STEP)).isEqualTo(41);
    }

    @Test
    void review_showsHowFarItIs() throws Exception {
        people(40);
        bench.cycle("mustChange=skip");
        bench.clock.advance(Duration.ofSeconds(5));
        RunTally tally = bench.cycle("mustChange=send");
        assertThat(tally.progress().expected()).isEqualTo(40);
        assertThat(tally.sum().unchanged()).isEqualTo(40);
    }

    @Test
    void otherTarget_isAskedAboutEverybody() throws Exception {
        people(4);
        bench.cycle();
        RoutePosition old = bench.state.position;
        bench.state.position =
                new RoutePosition(
                        old.watermark(),
                        old.reading(),
                        old.committedAt(),
                        old.gates().replace("target=cloud", "target=other"));
        bench.target.held.clear();
        bench.target.digests.clear();
        bench.cycle();
        assertThat(bench.target.digests).hasSize(4);
    }

    @Test
    void credentialThatTheSchemeAcceptsNow_comes() throws Exception {
        people(5);
        bench.source.put("clear", "", "in the clear", AccountState.ACTIVE);
        bench.cycle();
        assertThat(standing(Standing.REFUSED)).isEqualTo(1);
        bench.schemes.remove(bench.scheme);
        bench.schemes.add(
                new TestScheme() {
                    @Override
                    public boolean accepts(SourceCredential credential) {
                        return true; // an exception of the FIPS policy
                    }
                });
        bench.target.writes.clear();
        bench.cycle();
        assertThat(bench.target.writes)
                .extracting(write -> write.anchor().value())
                .containsExactly("clear");
    }
}
