/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.Digest;
import io.passbridge.credential.NtHash;
import io.passbridge.credential.Recipient;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.credential.SourceCredential;
import io.passbridge.credential.UserPassword;
import io.passbridge.hash.SealedParcel;
import io.passbridge.hash.SealingScheme;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.sync.Gate;
import io.passbridge.sync.simulation.Bench;
import io.passbridge.sync.simulation.TestScheme;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GatesTest {
    private static final SourceAnchor ANNA = new SourceAnchor("anna");
    private static final AccountState ACTIVE = AccountState.ACTIVE;
    private static final AccountState DISABLED = AccountState.of(Flag.DISABLED);
    private static final AccountState DELETED = AccountState.of(Flag.DELETED);
    private static final AccountState MUST_CHANGE = AccountState.of(Flag.MUST_CHANGE_PASSWORD);
    private static final String GOOD = "{SHA}secret";

    private static ChangeVersion version(long sequence) {
        return new ChangeVersion(sequence, 7);
    }

    private static CredentialChange change(long version, AccountState state, String value) {
        return new CredentialChange(
                ANNA,
                version(version),
                Instant.EPOCH,
                state,
                Optional.ofNullable(value)
                        .map(v -> UserPassword.owning(v.getBytes(StandardCharsets.UTF_8))),
                Optional.of(Account.named(ANNA, "anna")));
    }

    private static UserState known(long version, AccountState state, Outcome outcome) {
        return new UserState(ANNA, version(version), state, outcome, "", Instant.EPOCH);
    }

    private static Verdict judge(
            CredentialChange change, UserState known, boolean anew, String... lines) {
        return new Gates(Bench.settings(lines), Set.of("test", "SSHA512"), new TestScheme())
                .judge(change, known, anew, GateTrace.NONE);
    }

    private static Verdict judge(CredentialChange change, UserState known) {
        return judge(change, known, false);
    }

    static Stream<Arguments> histories() {
        Outcome applied = Outcome.APPLIED;
        return Stream.of(
                Arguments.of(known(5, ACTIVE, applied), 5, ACTIVE, true),
                Arguments.of(known(5, ACTIVE, applied), 5, DISABLED, false),
                Arguments.of(known(5, DISABLED, applied), 5, ACTIVE, false),
                Arguments.of(known(5, ACTIVE, applied), 4, ACTIVE, true),
                Arguments.of(known(5, ACTIVE, applied), 4, DISABLED, true),
                Arguments.of(known(5, ACTIVE, applied), 6, ACTIVE, false),
                Arguments.of(known(5, ACTIVE, Outcome.REJECTED), 5, ACTIVE, true),
                Arguments.of(known(5, ACTIVE, Outcome.REJECTED), 6, ACTIVE, false),
                Arguments.of(known(5, ACTIVE, Outcome.CONFLICT), 4, ACTIVE, true),
                Arguments.of(known(5, ACTIVE, Outcome.RETRY), 4, ACTIVE, false),
                Arguments.of(known(5, DELETED, applied), 5, DELETED, true),
                Arguments.of(known(5, DELETED, applied), 4, DELETED, true),
                Arguments.of(known(5, DELETED, applied), 6, DELETED, false),
                Arguments.of(known(5, ACTIVE, applied), 4, DELETED, false),
                Arguments.of(known(5, DELETED, applied), 5, ACTIVE, false),
                Arguments.of(null, 1, ACTIVE, false));
    }

    @ParameterizedTest
    @MethodSource("histories")
    void versionAndStateThatWereDealtWith_areUnchanged_andNothingElseIs(
            UserState known, long version, AccountState state, boolean unchanged) {
        Verdict verdict = judge(change(version, state, GOOD), known);
        assertThat(verdict instanceof Verdict.Unchanged).isEqualTo(unchanged);
    }

    /** Everything of a scheme but sealing, which no gate does. */
    private record Sealing() implements SealingScheme {
        @Override
        public boolean accepts(SourceCredential credential) {
            return true;
        }

        @Override
        public List<Digest> seal(Recipient recipient, List<CredentialChange> changes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SealedParcel parcel(Recipient recipient) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String parameters() {
            return "sealed";
        }

        @Override
        public boolean approved() {
            return false;
        }

        @Override
        public double digestsPerSecond() {
            return 1;
        }
    }

    @Test
    void sourceCredential_isSentOnlyByARouteThatWasTold() {
        for (boolean told : List.of(true, false)) {
            Verdict verdict =
                    new Gates(
                                    Bench.settings("digest=hpke", "allowSourceCredentials=" + told),
                                    Set.of("hpke"),
                                    new Sealing())
                            .judge(change(1, ACTIVE, GOOD), null, false, GateTrace.NONE);
            assertThat(verdict instanceof Verdict.SendDigest).isEqualTo(told);
            if (verdict instanceof Verdict.Refused refused) {
                assertThat(refused.reason()).contains("allowSourceCredentials is false");
            }
        }
    }

    @Test
    void whoIsJudgedAnew_isSentAgain() {
        UserState known = known(5, ACTIVE, Outcome.APPLIED);
        assertThat(judge(change(5, ACTIVE, GOOD), known, true)).isEqualTo(new Verdict.SendDigest());
        assertThat(judge(change(4, ACTIVE, GOOD), known, true)).isEqualTo(new Verdict.SendDigest());
    }

    @Test
    void sourceThatSaysNothing_changesNothing_unlessNothingIsKnown() {
        CredentialChange absent =
                new CredentialChange(
                        ANNA,
                        ChangeVersion.NONE,
                        Instant.EPOCH,
                        AccountState.of(Flag.OUT_OF_SCOPE),
                        Optional.empty(),
                        Optional.empty());
        assertThat(judge(absent, known(5, ACTIVE, Outcome.APPLIED), true))
                .isEqualTo(new Verdict.Unchanged());
        assertThat(judge(absent, null, true))
                .isEqualTo(new Verdict.SendState(AccountState.of(Flag.OUT_OF_SCOPE), ""));
    }

    @Test
    void filter_leavesOut_andTellsTheTargetOfThoseWhoWereIn() {
        String filter = "exclude=anna";
        CredentialChange disabled = change(5, DISABLED, GOOD);
        AccountState left = AccountState.of(Flag.DISABLED, Flag.OUT_OF_SCOPE);
        assertThat(judge(disabled, null, false, filter)).isEqualTo(new Verdict.Outside());
        assertThat(judge(disabled, known(4, DELETED, Outcome.APPLIED), false, filter))
                .isEqualTo(new Verdict.Outside());
        assertThat(judge(disabled, known(5, DISABLED, Outcome.APPLIED), false, filter))
                .isEqualTo(new Verdict.SendState(left, ""));
        assertThat(judge(disabled, known(5, left, Outcome.APPLIED), false, filter))
                .isEqualTo(new Verdict.Outside());
        assertThat(judge(change(5, DELETED, null), null, false, filter))
                .as("whoever is deleted is told whatever the filter says")
                .isEqualTo(new Verdict.SendState(DELETED, ""));
        assertThat(judge(disabled, null, false, "exclude=bert"))
                .isEqualTo(new Verdict.SendDigest());
    }

    @Test
    void mustChange_isHeldBack_butClosesAnAccountThatIsClosed() {
        String skip = "mustChange=skip";
        Verdict.Refused refused = new Verdict.Refused("must change the password first");
        assertThat(judge(change(5, MUST_CHANGE, GOOD), null, false, skip)).isEqualTo(refused);
        assertThat(judge(change(5, MUST_CHANGE, GOOD), null, false))
                .isEqualTo(new Verdict.SendDigest());
        UserState held = known(5, MUST_CHANGE, Outcome.REJECTED);
        assertThat(judge(change(5, MUST_CHANGE, GOOD), held, false, skip))
                .isEqualTo(new Verdict.Unchanged());
        assertThat(judge(change(5, MUST_CHANGE, GOOD), held, true, skip)).isEqualTo(refused);
        AccountState closed = AccountState.of(Flag.DISABLED, Flag.MUST_CHANGE_PASSWORD);
        assertThat(judge(change(6, closed, GOOD), held, false, skip))
                .isEqualTo(new Verdict.SendState(closed, refused.reason()));
        AccountState gone = AccountState.of(Flag.DELETED, Flag.MUST_CHANGE_PASSWORD);
        assertThat(judge(change(6, gone, null), held, false, skip))
                .isEqualTo(new Verdict.SendState(gone, ""));
    }

    @Test
    void credential_decidesWhatIsSent() {
        assertThat(judge(change(1, ACTIVE, GOOD), null)).isEqualTo(new Verdict.SendDigest());
        assertThat(judge(change(1, ACTIVE, null), null))
                .isEqualTo(new Verdict.SendState(ACTIVE, ""));
        assertThat(judge(change(1, ACTIVE, "{SSHA512}QUFBQQ=="), null, false, "passThrough=*"))
                .isInstanceOf(Verdict.SendAsIs.class);
        assertThat(judge(change(1, ACTIVE, "{SSHA512}QUFBQQ=="), null))
                .isEqualTo(
                        new Verdict.Refused(
                                "test cannot process SSHA512, and the route's passThrough does not"
                                        + " name it"));
        assertThat(judge(change(1, DISABLED, "{SSHA512}QUFBQQ=="), null))
                .isEqualTo(
                        new Verdict.SendState(
                                DISABLED,
                                "test cannot process SSHA512, and the route's passThrough does not"
                                        + " name it"));
        assertThat(judge(change(1, ACTIVE, GOOD), null, false, "digest=pph9"))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        no -> assertThat(no.reason()).contains("does not take pph9"));
        Gates bundleAway = new Gates(Bench.settings(), Set.of("test"), null);
        assertThat(bundleAway.judge(change(1, ACTIVE, GOOD), null, false, GateTrace.NONE))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        no -> assertThat(no.reason()).contains("no bundle provides"));
    }

    @Test
    void trace_tellsEveryGate_inTheirOrder() {
        List<String> told = new ArrayList<>();
        GateTrace trace =
                (name, verdict, text) ->
                        told.add(
                                name
                                        + (verdict == Gate.Verdict.PASSED ? ": " : " STOPS: ")
                                        + text.get());
        Gates gates = new Gates(Bench.settings(), Set.of("test"), new TestScheme());
        gates.judge(change(6, DISABLED, GOOD), known(5, ACTIVE, Outcome.APPLIED), false, trace);
        assertThat(told)
                .containsExactly(
                        "scope: no filter",
                        "account state: disabled",
                        "version: version 6.7 is to be sent",
                        "credential: present, of kind SHA",
                        "digest: test, none",
                        "FIPS: the digest scheme is approved");
        told.clear();
        gates.judge(change(5, ACTIVE, GOOD), known(5, ACTIVE, Outcome.APPLIED), false, trace);
        assertThat(told)
                .endsWith("version: version 5.7 was dealt with at 1970-01-01T00:00:00Z: applied ");
    }

    private static String stop(CredentialChange change, UserState known, String... lines) {
        List<String> told = new ArrayList<>();
        GateTrace trace =
                (name, verdict, text) -> {
                    if (verdict == Gate.Verdict.STOPPED) {
                        told.add(name + ": " + text.get());
                    }
                };
        new Gates(Bench.settings(lines), Set.of("test"), new TestScheme())
                .judge(change, known, false, trace);
        return String.join("; ", told);
    }

    @Test
    void trace_namesTheGateThatStops() {
        assertThat(stop(change(1, ACTIVE, GOOD), null, "exclude=anna"))
                .isEqualTo("scope: the route's include and exclude leave the user out");
        assertThat(stop(change(1, MUST_CHANGE, GOOD), null, "mustChange=skip"))
                .isEqualTo(
                        "account state: must change the password first, and the route's mustChange"
                                + " is skip");
        assertThat(stop(change(1, ACTIVE, null), null))
                .isEqualTo("credential: the source holds none; the state alone is sent");
        assertThat(stop(change(1, ACTIVE, "{MD5}x"), null, "passThrough=*"))
                .isEqualTo(
                        "digest: test cannot process MD5, and MD5 is not a strong salted kind that"
                                + " may pass through");
        CredentialChange nothing =
                new CredentialChange(
                        ANNA,
                        ChangeVersion.NONE,
                        Instant.EPOCH,
                        ACTIVE,
                        Optional.empty(),
                        Optional.empty());
        assertThat(stop(nothing, known(1, ACTIVE, Outcome.APPLIED)))
                .isEqualTo("version: the source says nothing of the user any more");
    }

    @Test
    void trace_tellsOfALeaver_andOfAnEqualVersion() {
        List<String> told = new ArrayList<>();
        GateTrace trace = (name, verdict, text) -> told.add(name + ": " + text.get());
        new Gates(Bench.settings("exclude=anna"), Set.of("test"), new TestScheme())
                .judge(change(5, ACTIVE, GOOD), known(5, ACTIVE, Outcome.APPLIED), false, trace);
        assertThat(told)
                .contains(
                        "scope: has left the scope; the target is told",
                        "version: version 5.7 was dealt with at 1970-01-01T00:00:00Z");
        told.clear();
        new Gates(
                        Bench.settings("passThrough=SSHA512", "exclude=bert"),
                        Set.of("SSHA512"),
                        new TestScheme())
                .judge(change(5, ACTIVE, "{SSHA512}QUFBQQ=="), null, false, trace);
        assertThat(told).contains("scope: in scope", "digest: SSHA512 is passed through as it is");
    }

    @Test
    void inStep_isWhoseTargetHoldsWhatWasDealtWith() {
        assertThat(Gates.inStep(null)).isFalse();
        assertThat(Gates.inStep(known(1, ACTIVE, Outcome.APPLIED))).isTrue();
        assertThat(Gates.inStep(known(1, ACTIVE, Outcome.ALREADY))).isTrue();
        assertThat(Gates.inStep(known(1, ACTIVE, Outcome.REJECTED))).isFalse();
        assertThat(Gates.inStep(known(1, DELETED, Outcome.APPLIED))).isFalse();
    }

    @Test
    void ntHash_isDigestedOrRefused_neverPassedThrough() {
        CredentialChange hash =
                new CredentialChange(
                        ANNA,
                        version(1),
                        Instant.EPOCH,
                        ACTIVE,
                        Optional.of(NtHash.owning(new byte[NtHash.LENGTH])),
                        Optional.empty());
        assertThat(judge(hash, null, false, "passThrough=*"))
                .isEqualTo(
                        new Verdict.Refused(
                                "test cannot process NT, and NT is never passed through"));
    }
}
