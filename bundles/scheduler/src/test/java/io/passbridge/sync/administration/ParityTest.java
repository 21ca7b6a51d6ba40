/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.passbridge.connector.Holding;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.Digest;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.event.JournalRecord;
import io.passbridge.health.Finding;
import io.passbridge.store.Parity;
import io.passbridge.store.Standing;
import io.passbridge.store.SyncState.Retry;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.sync.ParityReport;
import io.passbridge.sync.ParityReport.Unproven;
import io.passbridge.sync.VerifyRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a target holds is compared with what its source holds, and mended. */
class ParityTest extends EngineLab {
    private static final SourceAnchor ONE = new SourceAnchor("user1");
    private static final SourceAnchor TWO = new SourceAnchor("user2");
    private static final SourceAnchor THREE = new SourceAnchor("user3");
    private static final SourceAnchor FOUR = new SourceAnchor("user4");

    private ParityReport verify(boolean repair) throws Exception {
        return service.verify(
                "r", new VerifyRequest(OptionalInt.empty(), repair, "anna"), progress -> {});
    }

    private void inStep(String... lines) {
        service.addRoute(route(lines));
        unlock();
        untilInStep(20);
    }

    private void closedByHand(SourceAnchor anchor) {
        bench.target.held.computeIfPresent(
                anchor,
                (who, held) ->
                        new PasswordUpdate(
                                who,
                                held.version(),
                                held.changedAt(),
                                AccountState.of(AccountState.Flag.DISABLED),
                                held.digest()));
    }

    @Test
    void whatWasChangedAtTheTarget_isNamed_andNothingIsWrittenUnasked() throws Exception {
        inStep("verifyPerMinute=0");
        assertThat(verify(false).of(Parity.SAME)).isEqualTo(20);
        assertThat(status().proof().orElseThrow().since()).isPresent();
        int writes = bench.target.writes.size();
        bench.target.digests.put(ONE, "digest of something else");
        bench.target.held.remove(TWO);
        bench.target.digests.remove(THREE);
        closedByHand(FOUR);

        ParityReport report = verify(false);

        assertThat(report.doubts())
                .containsExactlyInAnyOrder(
                        new Unproven(
                                "user1", Parity.DIFFERENT, "the target holds another password"),
                        new Unproven("user2", Parity.ABSENT, "the target has no such user"),
                        new Unproven("user3", Parity.DIFFERENT, "the target has no password"),
                        new Unproven(
                                "user4",
                                Parity.DIFFERENT,
                                "the account is closed at the target and open at the source"));
        assertThat(report.of(Parity.SAME)).isEqualTo(16);
        assertThat(bench.target.writes).hasSize(writes);
        assertThat(service.inspect())
                .extracting(Finding::text)
                .contains(
                        "1 person in step not at the target as at the source: the target has no"
                                + " such user");
        assertThat(bench.source.allWiped()).isTrue();
    }

    @Test
    void repair_writesWhatIsDifferentAgain_thoughTheTargetBelievesToHaveIt() throws Exception {
        inStep("verifyPerMinute=0");
        bench.target.digests.put(ONE, "digest of something else");
        bench.target.held.remove(TWO);
        closedByHand(FOUR);
        int writes = bench.target.writes.size();

        ParityReport report = verify(true);

        assertThat(report.mended()).isEqualTo(3);
        assertThat(report.of(Parity.SAME)).isEqualTo(20);
        assertThat(report.doubts()).isEmpty();
        assertThat(bench.target.writes).hasSize(writes + 3);
        assertThat(bench.digestAtTarget("user1")).isEqualTo("digest of {SHA}first1");
        assertThat(status().counts().orElseThrow().of(Standing.IN_STEP)).isEqualTo(20);
        assertThat(bench.events.numbers()).contains(9056);
        assertThat(bench.proofs.doubts).isEmpty();
        bench.source.password("user1", "second1");
        service.run("r", DELTA, progress -> {});
        assertThat(bench.digestAtTarget("user1"))
                .as("a change after the repair is newer than it")
                .isEqualTo("digest of {SHA}second1");
        assertThat(verify(false).of(Parity.SAME)).isEqualTo(20);
    }

    /** As another server may have written it, for which the source counts in another way. */
    @Test
    void presentPasswordAtTheTarget_isProofUnderAnyVersion() throws Exception {
        inStep("verifyPerMinute=0");
        for (SourceAnchor anchor : List.of(ONE, TWO)) {
            UserState known = bench.state.users.get(anchor);
            ChangeVersion other =
                    new ChangeVersion(known.version().sequence(), known.version().time() + 1);
            bench.state.users.put(
                    anchor,
                    new UserState(anchor, other, known.state(), known.outcome(), "", known.at()));
        }
        bench.target.digests.put(TWO, "digest of something else");

        ParityReport report = verify(false);

        assertThat(report.of(Parity.SAME)).isEqualTo(19);
        assertThat(report.of(Parity.MOVING)).isEqualTo(1);
    }

    @Test
    void whatIsOnItsWay_isNoDifference_andWhatNobodyCanTell_isNamed() throws Exception {
        inStep("verifyPerMinute=0");
        bench.source.password("user1", "second1");
        bench.state.retries.put(
                TWO, new Retry(TWO, ChangeVersion.NONE, 1, Instant.MAX, "target is away"));
        bench.target.told.put(THREE, new Holding.Unreadable(THREE, "hidden by an access rule"));
        bench.target.told.put(
                FOUR, new Holding.Held(FOUR, Optional.of(new Digest("MD5", "{MD5}x")), true));
        SourceAnchor torn = new SourceAnchor("user5");
        bench.source.unreadable.add(torn);
        SourceAnchor vouched = new SourceAnchor("user6");
        bench.target.told.put(
                vouched, new Holding.Vouched(vouched, Optional.of(new ChangeVersion(1, 1)), true));
        SourceAnchor strange = new SourceAnchor("user7");
        bench.target.told.put(strange, new Holding.Vouched(strange, Optional.empty(), true));

        ParityReport report = verify(false);

        assertThat(report.of(Parity.BY_VERSION)).isEqualTo(1);
        assertThat(report.doubts())
                .extracting(Unproven::anchor, Unproven::parity, Unproven::reason)
                .contains(
                        tuple(
                                "user1",
                                Parity.MOVING,
                                "changed at the source, and the change is on its way"),
                        tuple("user3", Parity.UNKNOWN, "hidden by an access rule"),
                        tuple(
                                "user4",
                                Parity.DIFFERENT,
                                "the target holds MD5, which it is not known to verify"),
                        tuple(
                                "user5",
                                Parity.UNKNOWN,
                                "the source cannot read the user: one of them is torn"),
                        tuple(
                                "user7",
                                Parity.DIFFERENT,
                                "the target's password is not the one that was written"))
                .hasSize(5);
        assertThat(report.of(Parity.SAME)).as("of 19, as user2 waits").isEqualTo(13);
    }

    @Test
    void patrol_findsByItselfWhatWasChanged_andTellsItOnce() throws Exception {
        inStep("verifyPerMinute=60000");
        await().until(() -> status().proof().orElseThrow().since().isPresent());
        bench.target.held.remove(TWO);
        await().until(() -> status().proof().orElseThrow().doubts(Parity.ABSENT) == 1);
        Instant found = bench.proofs.last.orElseThrow().endedAt().orElseThrow();
        bench.clock.advance(Duration.ofSeconds(1));
        await().until(() -> bench.proofs.last.orElseThrow().endedAt().get().isAfter(found));
        assertThat(bench.events.records.stream().map(JournalRecord::number))
                .containsOnlyOnce(9057)
                .contains(9058);
        assertThat(bench.target.held).doesNotContainKey(TWO);
        assertThat(verify(true).mended()).isEqualTo(1);
        assertThat(status().proof().orElseThrow().doubts()).isEmpty();
    }

    @Test
    void serverWithoutTheRoute_compares_butWritesAndRecordsNothing() throws Exception {
        inStep("verifyPerMinute=0");
        bench.target.held.remove(TWO);
        lending.seize("r", "another");
        await().until(() -> !engine.lease().holds("r"));
        assertThatThrownBy(() -> verify(true))
                .hasMessageContaining("nothing of route r is written");
        assertThat(verify(false).of(Parity.ABSENT)).isEqualTo(1);
        assertThat(bench.proofs.doubts).isEmpty();
        assertThat(bench.proofs.last).isEmpty();
    }

    @Test
    void sample_takesSoMany_ofEverybody() throws Exception {
        inStep("verifyPerMinute=0");
        ParityReport report =
                service.verify(
                        "r", new VerifyRequest(OptionalInt.of(7), false, "anna"), progress -> {});
        assertThat(report.compared()).isEqualTo(7);
        assertThat(report.inStep()).isEqualTo(20);
        assertThat(bench.proofs.last).as("a sample proves nothing of the others").isEmpty();
        assertThat(List.of(report.of(Parity.SAME))).containsExactly(7L);
    }
}
