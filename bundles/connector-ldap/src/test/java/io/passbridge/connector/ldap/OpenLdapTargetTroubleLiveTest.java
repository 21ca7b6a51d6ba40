/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.Digest;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.health.Finding;
import io.passbridge.health.Finding.Severity;
import io.passbridge.itests.lab.OpenLdapLab;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What must not happen when passwords are written to an OpenLDAP server. */
@OnOpenLdap
class OpenLdapTargetTroubleLiveTest {
    private static final SourceAnchor ANNA = new SourceAnchor("anchor-of-anna");
    private static final SourceAnchor BERT = new SourceAnchor("anchor-of-bert");

    @RegisterExtension static final Started<OpenLdapLab> LAB = Started.by(OpenLdapLab::start);

    @TempDir Path folder;
    private LiveTarget ldap;

    @AfterEach
    void close() throws Exception {
        ldap.close();
    }

    private Connector open(String... parameters) throws Exception {
        ldap = new LiveTarget(LAB.get(), folder, parameters);
        return ldap.open();
    }

    private static PasswordTarget target(Connector connector) {
        return connector.capability(PasswordTarget.class).orElseThrow();
    }

    private static PasswordUpdate update(
            SourceAnchor anchor, long time, AccountState state, Digest digest) {
        return new PasswordUpdate(
                anchor,
                new ChangeVersion(0, time),
                Instant.EPOCH,
                state,
                Optional.ofNullable(digest));
    }

    @Test
    void sameValueInANewerVersion_isNotWrittenAgain() throws Exception {
        try (Connector connector = open()) {
            ldap.addUser(ANNA, "anna");
            Digest digest = ldap.digest(1);
            target(connector).apply(List.of(update(ANNA, 1, AccountState.ACTIVE, digest)));
            String set = pwdChangedTime("anna");
            WholeSeconds.awaitNext();
            assertThat(
                            target(connector)
                                    .apply(List.of(update(ANNA, 2, AccountState.ACTIVE, digest))))
                    .extracting(ItemOutcome::outcome)
                    .containsExactly(Outcome.APPLIED);
            assertThat(pwdChangedTime("anna")).isEqualTo(set);
            assertThat(signsIn("Contract-Password-1")).isTrue();
        }
    }

    private boolean signsIn(String password) {
        return ldap.signsIn("anna", password).orElseThrow();
    }

    private String pwdChangedTime(String uid) throws Exception {
        return ldap.admin()
                .getEntry(ldap.dn(uid), "pwdChangedTime")
                .getAttributeValue("pwdChangedTime");
    }

    @Test
    void schemeThatTheServerWouldTakeForThePassword_isNeverSent() throws Exception {
        try (Connector connector = open()) {
            ldap.addUser(ANNA, "anna");
            ldap.addUser(BERT, "bert");
            assertThat(target(connector).schemes()).containsExactly("SSHA");
            Digest foreign =
                    new Digest("PBKDF2-SHA512", "{PBKDF2-SHA512}10000$c2FsdHNhbHQ$YWJjZGVmZ2g");
            Digest disguised = new Digest("SSHA", "{PPH1-MD4}v1;not-known-to-the-server");
            Digest broken = new Digest("SSHA", "{SSHA}not base64 at all");
            for (Digest digest : List.of(foreign, disguised, broken)) {
                List<ItemOutcome> outcomes =
                        target(connector)
                                .apply(
                                        List.of(
                                                update(ANNA, 1, AccountState.ACTIVE, digest),
                                                update(
                                                        BERT,
                                                        1,
                                                        AccountState.ACTIVE,
                                                        ldap.digest(1))));
                assertThat(outcomes.get(0).outcome()).isEqualTo(Outcome.REJECTED);
                assertThat(outcomes.get(0).detail()).doesNotContain("not base64", "c2FsdHNhbHQ");
                assertThat(outcomes.get(1).outcome()).isIn(Outcome.APPLIED, Outcome.ALREADY);
                assertThat(ldap.storedDigest(ANNA)).isEmpty();
            }
        }
    }

    @Test
    void yescrypt_whichNoVerifierOfOursKnows_isSentIfItIsWellFormed() throws Exception {
        try (Connector connector = open("schemes", "CRYPT-Y")) {
            ldap.addUser(ANNA, "anna");
            String parameters = "{CRYPT}$y$j9T$F5Jx5fExrKuPp53xLKQ..1$";
            // crypt(3) of 'secret1'
            String data = "xK.TYNPZxd2NOjHXzAMNhXrXfCKspvwTX/rlD1mlcg.";
            for (String broken :
                    List.of(parameters + "short", parameters.replace("j9T", "jzT") + data)) {
                Digest digest = new Digest("CRYPT-Y", broken);
                assertThat(
                                target(connector)
                                        .apply(
                                                List.of(
                                                        update(
                                                                ANNA,
                                                                1,
                                                                AccountState.ACTIVE,
                                                                digest))))
                        .extracting(ItemOutcome::outcome)
                        .containsExactly(Outcome.REJECTED);
            }
            Digest good = new Digest("CRYPT-Y", parameters + data);
            target(connector).apply(List.of(update(ANNA, 1, AccountState.ACTIVE, good)));
            assertThat(signsIn("secret1")).isTrue();
        }
    }

    @Test
    void lockOfAnotherHand_isNotUndoneByANewPassword_whichWaits() throws Exception {
        try (Connector connector = open()) {
            ldap.addUser(ANNA, "anna");
            PasswordUpdate second = update(ANNA, 2, AccountState.ACTIVE, ldap.digest(2));
            target(connector).apply(List.of(update(ANNA, 1, AccountState.ACTIVE, ldap.digest(1))));
            lock("anna", "000001010000Z");
            assertThat(target(connector).apply(List.of(second)))
                    .extracting(ItemOutcome::outcome)
                    .containsExactly(Outcome.RETRY);
            assertThat(signsIn("Contract-Password-2")).isFalse();
            lock("anna");
            assertThat(target(connector).apply(List.of(second)))
                    .extracting(ItemOutcome::outcome)
                    .containsExactly(Outcome.APPLIED);
            assertThat(signsIn("Contract-Password-2")).isTrue();
        }
    }

    private void lock(String uid, String... time) throws Exception {
        ldap.admin()
                .modify(
                        ldap.dn(uid),
                        new Modification(ModificationType.REPLACE, "pwdAccountLockedTime", time));
    }

    @Test
    void closedAccount_getsItsPasswordWhenItIsOpened_sinceAPasswordWouldOpenIt() throws Exception {
        try (Connector connector = open()) {
            ldap.addUser(ANNA, "anna");
            AccountState disabled = AccountState.of(Flag.DISABLED);
            target(connector).apply(List.of(update(ANNA, 1, AccountState.ACTIVE, ldap.digest(1))));
            for (int i = 0; i < 2; i++) {
                ItemOutcome closed =
                        target(connector)
                                .apply(List.of(update(ANNA, 2, disabled, ldap.digest(2))))
                                .get(0);
                assertThat(closed.outcome()).isEqualTo(i == 0 ? Outcome.APPLIED : Outcome.ALREADY);
                assertThat(signsIn("Contract-Password-1")).isFalse();
                assertThat(signsIn("Contract-Password-2")).isFalse();
            }
            assertThat(target(connector).apply(List.of(update(ANNA, 3, AccountState.ACTIVE, null))))
                    .as("not with the former password")
                    .extracting(ItemOutcome::outcome)
                    .containsExactly(Outcome.RETRY);
            assertThat(signsIn("Contract-Password-1")).isFalse();
            target(connector).apply(List.of(update(ANNA, 3, AccountState.ACTIVE, ldap.digest(2))));
            assertThat(signsIn("Contract-Password-2")).isTrue();
        }
    }

    @Test
    void mustChange_isCarried_andTakenBack() throws Exception {
        try (Connector connector = open()) {
            ldap.addUser(ANNA, "anna");
            // with it, the server asks everybody who gets a password from another hand
            policy(ModificationType.ADD, "pwdMustChange");
            target(connector).apply(List.of(update(ANNA, 1, AccountState.ACTIVE, ldap.digest(1))));
            assertThat(reset("anna")).isNull();
            AccountState must = AccountState.of(Flag.MUST_CHANGE_PASSWORD);
            target(connector).apply(List.of(update(ANNA, 1, must, ldap.digest(1))));
            assertThat(reset("anna")).isEqualTo("TRUE");
            target(connector).apply(List.of(update(ANNA, 2, must, ldap.digest(2))));
            assertThat(reset("anna")).as("a password by itself ends it").isEqualTo("TRUE");
            target(connector).apply(List.of(update(ANNA, 2, AccountState.ACTIVE, ldap.digest(2))));
            assertThat(reset("anna")).isNull();
            AccountState expired = AccountState.of(Flag.PASSWORD_EXPIRED);
            target(connector).apply(List.of(update(ANNA, 2, expired, ldap.digest(2))));
            assertThat(reset("anna")).isEqualTo("TRUE");
        } finally {
            policy(ModificationType.DELETE, "pwdMustChange");
        }
    }

    private void policy(ModificationType how, String rule) throws Exception {
        String[] values = how == ModificationType.ADD ? new String[] {"TRUE"} : new String[0];
        ldap.admin().modify("cn=default," + OpenLdapLab.TREE, new Modification(how, rule, values));
    }

    private String reset(String uid) throws Exception {
        return ldap.admin().getEntry(ldap.dn(uid), "pwdReset").getAttributeValue("pwdReset");
    }

    @Test
    void connectionCutAfterTheRequestWasSent_isAnUnknownOutcome_andTheRepeatIsHarmless()
            throws Exception {
        try (Connector connector = open()) {
            ldap.addUser(ANNA, "anna");
            PasswordUpdate update = update(ANNA, 1, AccountState.ACTIVE, ldap.digest(1));
            target(connector).schemes();
            target(connector).apply(List.of(update(BERT, 1, AccountState.ACTIVE, null)));
            ldap.wire().cutAtTheAnswerTo((byte) 0x66);
            assertThatThrownBy(() -> target(connector).apply(List.of(update)))
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN));
            assertThat(signsIn("Contract-Password-1")).as("it had been written").isTrue();
            ldap.wire().mend();
            assertThat(target(connector).apply(List.of(update)))
                    .extracting(ItemOutcome::outcome)
                    .containsExactly(Outcome.ALREADY);
        }
    }

    @Test
    void userWithoutAnAnchor_isTakenOverByLogin_once_andNeverFromAnother() throws Exception {
        try (Connector connector = open("match", "login")) {
            ldap.addUser("anna", new String[0]);
            AccountTarget accounts = connector.capability(AccountTarget.class).orElseThrow();
            assertThat(accounts.provision(List.of(Account.named(ANNA, "anna"))))
                    .extracting(ItemOutcome::outcome)
                    .containsExactly(Outcome.APPLIED);
            assertThat(
                            accounts.provision(
                                    List.of(
                                            Account.named(ANNA, "anna"),
                                            Account.named(BERT, "anna"),
                                            Account.named(new SourceAnchor("third"), "nobody"))))
                    .extracting(ItemOutcome::outcome)
                    .containsExactly(Outcome.ALREADY, Outcome.CONFLICT, Outcome.NO_SUCH_USER);
            assertThat(
                            target(connector)
                                    .apply(
                                            List.of(
                                                    update(
                                                            ANNA,
                                                            1,
                                                            AccountState.ACTIVE,
                                                            ldap.digest(1)))))
                    .extracting(ItemOutcome::outcome)
                    .containsExactly(Outcome.APPLIED);
        }
    }

    @Test
    void test_saysWhatIsTaken_andWarnsOfAPolicyThatDoesNotLock() throws Exception {
        try (Connector connector = open()) {
            assertThat(connector.test())
                    .extracting(Finding::text)
                    .anyMatch(text -> text.startsWith("takes SSHA (built in"))
                    .anyMatch(text -> text.contains("disabled by pwdAccountLockedTime"))
                    .anyMatch(text -> text.contains("room for anchor and version"));
            policy(ModificationType.DELETE, "pwdLockout");
            try {
                assertThat(connector.test())
                        .filteredOn(finding -> finding.severity() == Severity.WARNING)
                        .anyMatch(finding -> finding.text().contains("no pwdLockout"));
            } finally {
                policy(ModificationType.ADD, "pwdLockout");
            }
        }
    }

    @Test
    void test_saysWhatTheAccountMayWrite_tooMuchAndTooLittle_andChangesNothing() throws Exception {
        try (Connector connector = open("baseDns", OpenLdapLab.PEOPLE)) {
            ldap.addUser(ANNA, "anna");
            target(connector).apply(List.of(update(ANNA, 1, AccountState.ACTIVE, ldap.digest(1))));
            String before = ldap.admin().getEntry(ldap.dn("anna"), "*", "+").toLDIFString();
            assertThat(connector.test())
                    .filteredOn(finding -> finding.severity() == Severity.WARNING)
                    .anyMatch(finding -> finding.text().contains("write outside of baseDns"));
            ldap.context().withAccount(OpenLdapLab.NARROW, OpenLdapLab.NARROW_PASSWORD);
            assertThat(connector.test())
                    .allMatch(finding -> finding.severity().compareTo(Severity.WARNING) < 0)
                    .extracting(Finding::text)
                    .anyMatch(
                            text ->
                                    text.equals(
                                            "the account may write userPassword, passbridgeAnchor,"
                                                    + " passbridgeVersion, pwdAccountLockedTime,"
                                                    + " pwdReset"))
                    .anyMatch(text -> text.contains("not seen to write outside"));
            ldap.context().withAccount(OpenLdapLab.SYNC, OpenLdapLab.SYNC_PASSWORD);
            assertThat(connector.test())
                    .filteredOn(finding -> finding.severity() == Severity.ERROR)
                    .singleElement()
                    .satisfies(
                            finding -> {
                                assertThat(finding.text())
                                        .startsWith("the account may not write userPassword, ");
                                assertThat(finding.remedy())
                                        .contains("attrs=userPassword,")
                                        .contains("by dn.exact=\"" + OpenLdapLab.SYNC + "\" write");
                            });
            assertThat(ldap.admin().getEntry(ldap.dn("anna"), "*", "+").toLDIFString())
                    .isEqualTo(before);
        }
    }

    @Test
    void test_saysThatAddingUsersIsNotTried() throws Exception {
        try (Connector connector = open("users", "create")) {
            assertThat(connector.test())
                    .filteredOn(finding -> finding.severity() == Severity.NOTE)
                    .extracting(Finding::text)
                    .anyMatch(text -> text.contains("may add users is not to be found out"));
            assertThat(ldap.users()).isEmpty();
        }
    }

    @Test
    void test_signsInWithAPasswordOfItsOwn_andPutsBackWhatWasThere() throws Exception {
        try (Connector connector = open("probeDn", "uid=probe," + LiveTarget.BRANCH)) {
            ldap.addUser("probe", "userPassword: " + LiveTarget.ssha("Own-Password", "salt"));
            String before = password("probe");
            assertThat(connector.test())
                    .extracting(Finding::text)
                    .anyMatch(text -> text.endsWith("' signed in with SSHA"));
            assertThat(password("probe")).isEqualTo(before);
            assertThat(ldap.signsIn("probe", "Own-Password").orElseThrow()).isTrue();
        }
    }

    @Test
    void test_withAKindThatTheServerTakesForThePassword_saysSo() throws Exception {
        String[] lie = {"probeDn", "uid=probe," + LiveTarget.BRANCH, "schemes", "SSHA,SSHA384"};
        LAB.get().restartWithModules("");
        try (Connector connector = open(lie)) {
            ldap.addUser("probe");
            assertThat(connector.test())
                    .filteredOn(finding -> finding.severity() == Severity.ERROR)
                    .extracting(Finding::text)
                    .containsExactly("the server takes a value of SSHA384 for the password itself");
        } finally {
            LAB.get().restartWithModules("pw-sha2 pw-pbkdf2 argon2");
        }
    }

    private String password(String uid) throws Exception {
        return ldap.admin()
                .getEntry(ldap.dn(uid), "userPassword")
                .getAttributeValue("userPassword");
    }

    @Test
    void test_withoutTheSchema_saysWhatToLoad() throws Exception {
        try (Connector connector = open("anchorAttribute", "notThere")) {
            assertThat(connector.test())
                    .filteredOn(finding -> finding.severity() == Severity.ERROR)
                    .singleElement()
                    .satisfies(
                            finding -> assertThat(finding.remedy()).contains("passbridge.schema"));
        }
    }
}
