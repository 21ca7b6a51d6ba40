/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.connector.UnusableReport;
import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.Digest;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.credential.UserPassword;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.sync.gate.Gates;
import io.passbridge.sync.gate.Verdict;
import io.passbridge.sync.simulation.Bench;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageDraftTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final AccountState DISABLED = AccountState.of(Flag.DISABLED);
    private static final AccountState LEFT = AccountState.of(Flag.OUT_OF_SCOPE);

    private static PageDraft draft(boolean statesMayHidePasswords, String... lines) {
        return new PageDraft(Bench.settings(lines), NOW, statesMayHidePasswords);
    }

    private static CredentialChange change(String user, long version, AccountState state) {
        SourceAnchor anchor = new SourceAnchor(user);
        return new CredentialChange(
                anchor,
                new ChangeVersion(version, 0),
                NOW,
                state,
                Optional.of(UserPassword.owning("{SHA}x".getBytes(StandardCharsets.UTF_8))),
                Optional.of(Account.named(anchor, user)));
    }

    private static UserState known(String user, long version, AccountState state, Outcome outcome) {
        return new UserState(
                new SourceAnchor(user), new ChangeVersion(version, 0), state, outcome, "", NOW);
    }

    private static PreparedPage finish(PageDraft draft) {
        return draft.finish(new PageOrigin.Changes(9, UnusableReport.NONE, Optional.empty()));
    }

    private static PasswordUpdate only(PreparedPage page) {
        assertThat(page.users()).hasSize(1);
        return page.users().get(0).update().orElseThrow();
    }

    @Test
    void digestThatFailed_isOwed_andTheOthersKeepTheirPlaces() {
        PageDraft draft = draft(true);
        for (String user : new String[] {"a", "b", "c"}) {
            draft.add(change(user, 1, AccountState.ACTIVE), null, new Verdict.SendDigest());
        }
        draft.add(
                change("d", 1, AccountState.ACTIVE),
                null,
                new Verdict.SendAsIs(new Digest("SSHA", "as it is")));
        assertThat(draft.credentials()).hasSize(3);
        draft.digested(
                List.of(
                        Optional.of(new Digest("test", "of a")),
                        Optional.empty(),
                        Optional.of(new Digest("test", "of c"))));
        PreparedPage page = finish(draft);
        assertThat(page.users())
                .extracting(
                        u -> u.anchor() + " " + u.update().orElseThrow().digest().get().encoded())
                .containsExactly("a of a", "c of c", "d as it is");
        assertThat(page.owed())
                .containsExactly(
                        new Owed(
                                new SourceAnchor("b"),
                                new ChangeVersion(1, 0),
                                AccountState.ACTIVE,
                                "digest scheme test failed for this credential"));
    }

    @Test
    void deletions_areThoseWhoWereThere_deletedOrOutOfScope() {
        PageDraft draft = draft(true);
        AccountState deleted = AccountState.of(Flag.DELETED);
        UserState there = known("a", 1, AccountState.ACTIVE, Outcome.APPLIED);
        draft.add(change("a", 2, deleted), there, new Verdict.SendState(deleted, ""));
        assertThat(draft.deletions()).isEqualTo(1);
        draft.add(change("b", 2, LEFT), there, new Verdict.SendState(LEFT, ""));
        assertThat(draft.deletions()).as("who leaves the scope counts").isEqualTo(2);
        draft.add(change("c", 2, deleted), null, new Verdict.SendState(deleted, ""));
        UserState gone = known("d", 1, LEFT, Outcome.APPLIED);
        draft.add(change("d", 2, deleted), gone, new Verdict.SendState(deleted, ""));
        draft.add(change("e", 2, DISABLED), there, new Verdict.SendState(DISABLED, ""));
        assertThat(draft.deletions()).isEqualTo(2);
        assertThat(finish(draft).users())
                .filteredOn(u -> Gates.gone(u.state()))
                .allMatch(u -> u.account().isEmpty());
    }

    @Test
    void whoeverLeaves_leavesAtTheNewestVersionThatIsKnown() {
        PageDraft draft = draft(true);
        draft.add(
                change("a", 3, LEFT),
                known("a", 5, AccountState.ACTIVE, Outcome.APPLIED),
                new Verdict.SendState(LEFT, ""));
        PreparedPage page = finish(draft);
        assertThat(only(page).version()).isEqualTo(new ChangeVersion(5, 0));
        assertThat(page.users().get(0).version()).isEqualTo(new ChangeVersion(5, 0));
    }

    @Test
    void stateWithoutARefusedPassword_leavesTheVersionFree() {
        PageDraft draft = draft(true);
        draft.add(change("a", 7, DISABLED), null, new Verdict.SendState(DISABLED, "no"));
        assertThat(only(finish(draft)).version()).isEqualTo(ChangeVersion.NONE);
        draft = draft(true);
        UserState before = known("a", 5, AccountState.ACTIVE, Outcome.APPLIED);
        draft.add(change("a", 7, DISABLED), before, new Verdict.SendState(DISABLED, "no"));
        PreparedPage page = finish(draft);
        assertThat(only(page).version()).isEqualTo(new ChangeVersion(5, 0));
        assertThat(page.users().get(0).version()).isEqualTo(new ChangeVersion(7, 0));
        draft = draft(true);
        draft.add(change("a", 7, DISABLED), before, new Verdict.SendState(DISABLED, ""));
        assertThat(only(finish(draft)).version()).isEqualTo(new ChangeVersion(7, 0));
    }

    @Test
    void stateAlone_isReadAgain_whereItMightHideAPassword() {
        CredentialChange bare =
                new CredentialChange(
                        new SourceAnchor("a"),
                        new ChangeVersion(2, 0),
                        NOW,
                        DISABLED,
                        Optional.empty(),
                        Optional.empty());
        Verdict state = new Verdict.SendState(DISABLED, "");
        UserState refused = known("a", 1, AccountState.ACTIVE, Outcome.REJECTED);
        UserState inStep = known("a", 1, AccountState.ACTIVE, Outcome.ALREADY);
        for (UserState before : new UserState[] {null, refused}) {
            PageDraft draft = draft(true);
            draft.add(bare, before, state);
            assertThat(finish(draft).rereads()).hasSize(1);
            assertThat(finish(draft).users()).isEmpty();
        }
        PageDraft draft = draft(true);
        draft.add(bare, inStep, state);
        assertThat(finish(draft).rereads()).isEmpty();
        assertThat(finish(draft).users()).hasSize(1);
        draft = draft(false);
        draft.add(bare, refused, state);
        assertThat(finish(draft).users()).hasSize(1);
    }

    @Test
    void userObjects_goAlongWhereTheRouteMakesThem() {
        for (boolean create : new boolean[] {true, false}) {
            PageDraft draft = draft(true, "accounts=" + (create ? "create" : "none"));
            draft.add(change("a", 1, AccountState.ACTIVE), null, new Verdict.Unchanged());
            draft.add(change("b", 1, LEFT), null, new Verdict.Unchanged());
            draft.add(
                    change("c", 1, AccountState.ACTIVE),
                    null,
                    new Verdict.SendAsIs(new Digest("SSHA", "x")));
            PreparedPage page = finish(draft);
            assertThat(page.unchanged()).isEqualTo(2);
            assertThat(page.users())
                    .extracting(u -> u.anchor().value())
                    .containsExactly(create ? new String[] {"a", "c"} : new String[] {"c"});
            assertThat(page.users()).allMatch(u -> u.account().isPresent() == create);
        }
    }

    @Test
    void refusedAndLeftOut_areSettledWithoutTheTarget_onceEach() {
        PageDraft draft = draft(true);
        draft.add(change("a", 4, AccountState.ACTIVE), null, new Verdict.Refused("why"));
        draft.add(change("b", 4, AccountState.ACTIVE), null, new Verdict.Outside());
        draft.add(
                change("c", 4, AccountState.ACTIVE),
                known("c", 3, LEFT, Outcome.ALREADY),
                new Verdict.Outside());
        PreparedPage page = finish(draft);
        assertThat(page.users()).isEmpty();
        assertThat(page.unchanged()).isEqualTo(2);
        assertThat(page.refused())
                .containsExactly(
                        new UserState(
                                new SourceAnchor("a"),
                                new ChangeVersion(4, 0),
                                AccountState.ACTIVE,
                                Outcome.REJECTED,
                                "why",
                                NOW));
        assertThat(page.settled())
                .extracting(u -> u.anchor() + " " + u.state().has(Flag.OUT_OF_SCOPE))
                .containsExactly("b true");
    }

    @Test
    void userOfWhomTheSourceSaysNothing_isSettledAsItStands() {
        PageDraft draft = draft(true);
        UserState before = known("a", 5, AccountState.ACTIVE, Outcome.APPLIED);
        CredentialChange nothing =
                new CredentialChange(
                        new SourceAnchor("a"),
                        ChangeVersion.NONE,
                        NOW,
                        LEFT,
                        Optional.empty(),
                        Optional.empty());
        draft.add(nothing, before, new Verdict.Unchanged());
        UserState other = known("b", 5, AccountState.ACTIVE, Outcome.APPLIED);
        draft.add(change("b", 5, AccountState.ACTIVE), other, new Verdict.Unchanged());
        assertThat(finish(draft).settled()).containsExactly(before);
    }

    @Test
    void credentials_areThoseOfTheUsersToDigest() {
        PageDraft draft = draft(true);
        draft.add(change("a", 1, AccountState.ACTIVE), null, new Verdict.SendDigest());
        assertThat(draft.credentials())
                .singleElement()
                .extracting(credential -> credential.kind())
                .isEqualTo("SHA");
    }

    @Test
    void userObject_goesWithAStateAlone_unlessTheUserLeaves() {
        for (AccountState state : new AccountState[] {DISABLED, LEFT}) {
            PageDraft draft = draft(true, "accounts=create");
            draft.add(
                    change("a", 2, state),
                    known("a", 1, AccountState.ACTIVE, Outcome.APPLIED),
                    new Verdict.SendState(state, ""));
            assertThat(finish(draft).users().get(0).account().isPresent())
                    .isEqualTo(state == DISABLED);
        }
    }
}
