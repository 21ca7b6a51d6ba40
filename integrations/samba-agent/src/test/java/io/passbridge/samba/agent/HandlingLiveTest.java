/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.samba.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.passbridge.connector.samba.wire.Message;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.KerberosKeys;
import io.passbridge.credential.NtHash;
import io.passbridge.credential.Recipient;
import io.passbridge.credential.Secret;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.hash.sealed.RecipientKeys;
import io.passbridge.hash.sealed.SealedCredentials;
import io.passbridge.itests.lab.SambaLab;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What the agent writes into a real domain, and what it refuses. */
@Tag("live")
@EnabledIf(
        value = "io.passbridge.itests.lab.SambaLab#possible",
        disabledReason =
                "no Samba domain controller can be made here: that needs root and samba-ad-dc")
class HandlingLiveTest {
    private static final String UNIT = "OU=Staff,DC=branch,DC=example";
    private static final RecipientKeys KEY = RecipientKeys.generate();
    private static final Secret PAIRING = Secret.owning(new byte[32]);
    private static final SourceAnchor ANNA = new SourceAnchor("anchor; of anna");
    private static int users;
    private static SambaLab lab;

    private final String login = "user" + ++users;
    private final SourceAnchor anchor = new SourceAnchor(ANNA.value() + users);
    private Domain domain;
    private Handling handling;

    @BeforeAll
    static void provision() throws Exception {
        lab = SambaLab.other("127.0.0.63", "branch.example");
        lab.tool("ou", "create", "OU=Staff");
    }

    @AfterAll
    static void end() throws Exception {
        lab.close();
    }

    @BeforeEach
    void open() throws Exception {
        domain = new Domain(lab.systemSocket(), UNIT, Optional.empty());
        handling = new Handling(domain, KEY, PAIRING);
        assertOutcome("APPLIED", handling.account(account(anchor, login)));
    }

    @AfterEach
    void close() {
        domain.close();
    }

    private static Message account(SourceAnchor anchor, String login) {
        return Message.of(
                "anchor", anchor.value(), "login", login, "displayName", "Änna Lee", "sn", "Lee");
    }

    private static Recipient recipient(RecipientKeys keys) {
        return new Recipient(keys.x25519Public(), PAIRING.copy());
    }

    private static String sealed(
            Recipient recipient, SourceAnchor anchor, long version, AccountState state, int hash) {
        NtHash nt = NtHash.owning(filled(16, hash));
        return SealedCredentials.seal(
                recipient,
                anchor,
                new ChangeVersion(version, 1),
                state,
                nt.withKeys(
                        new KerberosKeys(
                                "CORP.EXAMPLEanna",
                                Secret.owning(filled(32, hash)),
                                Optional.of(Secret.owning(filled(16, hash))))));
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private Message update(long version, AccountState state, long sent, String sealed) {
        return Message.of(
                "anchor",
                anchor.value(),
                "version",
                version + ".1",
                "changed",
                "1700000000000",
                "sent",
                Long.toString(sent),
                "state",
                Integer.toString(state.toBits()),
                "sealed",
                sealed);
    }

    private Message password(long version, int hash) {
        return update(
                version,
                AccountState.ACTIVE,
                version,
                sealed(recipient(KEY), anchor, version, AccountState.ACTIVE, hash));
    }

    private static void assertOutcome(String outcome, Message answer) {
        assertThat(answer.text("outcome")).as(answer.text("detail")).isEqualTo(outcome);
    }

    private SearchResultEntry entry() throws Exception {
        domain.request();
        return domain.find(anchor).orElseThrow();
    }

    private String stored(String attribute) throws Exception {
        String dn = entry().getDN();
        return lab.tool("user", "show", loginOf(dn), "--attributes=" + attribute);
    }

    private static String loginOf(String dn) {
        return dn.substring(3, dn.indexOf(','));
    }

    private void assertHolds(int hash) throws Exception {
        assertThat(stored("unicodePwd"))
                .contains(Base64.getEncoder().encodeToString(filled(16, hash)));
    }

    @Test
    void freshUser_isOffUntilAPasswordComes() throws Exception {
        assertThat(stored("userAccountControl")).contains("userAccountControl: 514");
        assertOutcome("APPLIED", handling.password(update(1, AccountState.ACTIVE, 1, "")));
        assertThat(stored("userAccountControl")).contains("userAccountControl: 66050");
        assertOutcome("APPLIED", handling.password(password(2, 1)));
        assertThat(stored("userAccountControl")).contains("userAccountControl: 66048");
        assertHolds(1);
    }

    @Test
    void sameVersion_isAlreadyThere_andAnOlderOneIsRefused() throws Exception {
        Message first = password(5, 1);
        assertOutcome("APPLIED", handling.password(first));
        assertOutcome("APPLIED", handling.password(password(6, 2)));

        assertOutcome("CONFLICT", handling.password(first));
        assertOutcome("ALREADY", handling.password(password(6, 3)));
        assertHolds(2);
    }

    @Test
    void stateAlone_keepsThePassword_andAReplayedOneIsRefused() throws Exception {
        assertOutcome("APPLIED", handling.password(password(1, 1)));
        AccountState off = AccountState.of(Flag.DISABLED);
        assertOutcome("APPLIED", handling.password(update(1, off, 9, "")));
        assertThat(stored("userAccountControl")).contains("66050");

        assertOutcome("CONFLICT", handling.password(update(1, AccountState.ACTIVE, 8, "")));
        assertThat(stored("userAccountControl")).contains("66050");
        assertOutcome("APPLIED", handling.password(update(1, AccountState.ACTIVE, 10, "")));
        assertThat(stored("userAccountControl")).contains("66048");
        assertHolds(1);
    }

    @Test
    void mustChange_andItsEnd() throws Exception {
        assertOutcome("APPLIED", handling.password(password(1, 1)));
        AccountState must = AccountState.of(Flag.MUST_CHANGE_PASSWORD);
        assertOutcome("APPLIED", handling.password(update(2, must, 2, "")));
        assertThat(stored("pwdLastSet")).contains("pwdLastSet: 0");
        assertThat(stored("userAccountControl")).contains("userAccountControl: 512");
        assertOutcome("APPLIED", handling.password(update(3, AccountState.ACTIVE, 3, "")));
        assertThat(stored("pwdLastSet")).contains("pwdLastSet: 133444736000000000");
    }

    @Test
    void whatWasNotSealedForThisUserAndVersion_isRefusedAndChangesNothing() throws Exception {
        assertOutcome("APPLIED", handling.password(password(1, 1)));
        String good = sealed(recipient(KEY), anchor, 2, AccountState.ACTIVE, 2);
        byte[] flipped = Base64.getDecoder().decode(good);
        flipped[40] ^= 1;
        for (String bad :
                new String[] {
                    sealed(recipient(RecipientKeys.generate()), anchor, 2, AccountState.ACTIVE, 2),
                    sealed(recipient(KEY), ANNA, 2, AccountState.ACTIVE, 2),
                    sealed(recipient(KEY), anchor, 1, AccountState.ACTIVE, 2),
                    sealed(recipient(KEY), anchor, 2, AccountState.of(Flag.DISABLED), 2),
                    Base64.getEncoder().encodeToString(flipped),
                    "nonsense"
                }) {
            Message answer = handling.password(update(2, AccountState.ACTIVE, 2, bad));
            assertOutcome("REJECTED", answer);
            assertThat(answer.text("detail")).contains("the sealed credential is refused");
        }
        assertHolds(1);
        assertOutcome("APPLIED", handling.password(update(2, AccountState.ACTIVE, 2, good)));
    }

    @Test
    void rename_isFollowed_andATakenNameIsAConflict() throws Exception {
        assertOutcome("APPLIED", handling.password(password(1, 1)));
        assertOutcome("ALREADY", handling.account(account(anchor, login)));
        assertOutcome("APPLIED", handling.account(account(anchor, login + "x")));
        assertThat(stored("userPrincipalName")).contains(login + "x@branch.example");
        assertHolds(1);
        SourceAnchor thief = new SourceAnchor("thief");
        assertOutcome("CONFLICT", handling.account(account(thief, "Administrator")));
        assertOutcome("CONFLICT", handling.account(account(thief, login + "x")));
        domain.request();
        assertThat(domain.find(thief)).isEmpty();
    }

    @Test
    void whoeverIsMade_orIsNoMemberAnyMore_joinsTheConfiguredGroup() throws Exception {
        DN group = new DN("CN=Guests of corp,CN=Users,DC=branch,DC=example");
        lab.tool("group", "add", "Guests of corp");
        try (Domain grouping = new Domain(lab.systemSocket(), UNIT, Optional.of(group))) {
            grouping.check();
            Handling joining = new Handling(grouping, KEY, PAIRING);
            SourceAnchor fresh = new SourceAnchor("fresh" + login);
            assertOutcome("APPLIED", joining.account(account(fresh, login + "y")));
            assertThat(lab.tool("group", "listmembers", "Guests of corp")).contains(login + "y");
            assertOutcome("ALREADY", joining.account(account(fresh, login + "y")));
            assertOutcome("APPLIED", joining.account(account(anchor, login)));
            lab.tool("group", "removemembers", "Guests of corp", login);
            assertOutcome("APPLIED", joining.account(account(anchor, login)));
            assertThat(lab.tool("group", "listmembers", "Guests of corp").lines())
                    .contains(login, login + "y");
        }
        lab.tool("group", "delete", "Guests of corp");
        try (Domain gone = new Domain(lab.systemSocket(), UNIT, Optional.of(group))) {
            assertThatThrownBy(gone::check).hasMessageContaining("there is no group");
        }
    }

    @Test
    void aUserOfSomebodyElse_isNoSuchUser() throws Exception {
        assertOutcome(
                "NO_SUCH_USER",
                handling.password(
                        Message.of(
                                "anchor", "nobody", "version", "1.1", "changed", "0", "sent", "1",
                                "state", "0")));
    }
}
