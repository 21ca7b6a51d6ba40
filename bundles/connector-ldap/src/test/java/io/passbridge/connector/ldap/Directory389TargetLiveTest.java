/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.BindResult;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.controls.PasswordExpiredControl;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.connector.tck.TargetContract;
import io.passbridge.connector.tck.TargetHarness;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.health.Finding;
import io.passbridge.health.Finding.Severity;
import io.passbridge.itests.lab.Directory389Lab;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The contract of targets over 389 Directory Server. */
@OnDirectory389
class Directory389TargetLiveTest extends TargetContract {
    @RegisterExtension
    static final Started<Directory389Lab> LAB = Started.by(Directory389Lab::start);

    @Override
    protected TargetHarness harness(Path folder) throws Exception {
        return new LiveTarget(LAB.get(), folder);
    }

    @Test
    void test_saysWhetherTheAccountMayAddUsers(@TempDir Path folder) throws Exception {
        try (LiveTarget ldap = new LiveTarget(LAB.get(), folder, "users", "create");
                Connector connector = ldap.open()) {
            ldap.addUser(new SourceAnchor("anchor-of-anna"), "anna");
            assertThat(connector.test())
                    .filteredOn(finding -> finding.severity() == Severity.OK)
                    .extracting(Finding::text)
                    .contains("the account may add users");
            ldap.context().withAccount(Directory389Lab.SYNC, Directory389Lab.SYNC_PASSWORD);
            assertThat(connector.test())
                    .filteredOn(finding -> finding.text().contains("may not add users"))
                    .singleElement()
                    .matches(finding -> finding.severity() == Severity.ERROR)
                    .matches(finding -> finding.remedy().contains("allow (add)"));
        }
    }

    @Test
    void accountThatIsNoPasswordAdministrator_isToldSo_andNothingIsWritten(@TempDir Path folder)
            throws Exception {
        try (LiveTarget ldap = new LiveTarget(LAB.get(), folder);
                Connector connector = ldap.open()) {
            SourceAnchor anna = new SourceAnchor("anchor-of-anna");
            ldap.addUser(anna, "anna");
            PasswordUpdate update =
                    new PasswordUpdate(
                            anna,
                            new ChangeVersion(0, 1),
                            Instant.EPOCH,
                            AccountState.ACTIVE,
                            Optional.of(ldap.digest(1)));
            PasswordTarget target = connector.capability(PasswordTarget.class).orElseThrow();
            administrator(ldap, Directory389Lab.SYNC);
            try {
                assertThatThrownBy(() -> target.apply(List.of(update)))
                        .isInstanceOfSatisfying(
                                ConnectorException.class,
                                e -> {
                                    assertThat(e.kind()).isEqualTo(Kind.PERMISSION);
                                    assertThat(e.getMessage()).contains("passwordAdminDN");
                                });
            } finally {
                administrator(ldap, Directory389Lab.WRITER);
            }
            assertThat(ldap.storedDigest(anna)).isEmpty();
            assertThat(target.apply(List.of(update)))
                    .extracting(ItemOutcome::outcome)
                    .containsExactly(Outcome.APPLIED);
        }
    }

    private static void administrator(LiveTarget ldap, String account) throws Exception {
        ldap.admin()
                .modify(
                        "cn=config",
                        new Modification(ModificationType.REPLACE, "passwordAdminDN", account));
    }

    @Test
    void mustChange_isCarried_andNobodyElseIsAskedTo_thoughTheServerWouldAskEverybody(
            @TempDir Path folder) throws Exception {
        try (LiveTarget ldap = new LiveTarget(LAB.get(), folder);
                Connector connector = ldap.open()) {
            SourceAnchor anna = new SourceAnchor("anchor-of-must-change");
            ldap.addUser(anna, "anna");
            PasswordTarget target = connector.capability(PasswordTarget.class).orElseThrow();
            policy(ldap, "on");
            try {
                target.apply(List.of(update(ldap, anna, 1, AccountState.ACTIVE)));
                assertThat(mustChange(ldap, 1)).isFalse();
                AccountState must = AccountState.of(Flag.MUST_CHANGE_PASSWORD);
                target.apply(List.of(update(ldap, anna, 1, must)));
                assertThat(mustChange(ldap, 1)).isTrue();
                target.apply(List.of(update(ldap, anna, 2, must)));
                assertThat(mustChange(ldap, 2)).isTrue();
                target.apply(List.of(update(ldap, anna, 2, AccountState.ACTIVE)));
                assertThat(mustChange(ldap, 2)).isFalse();
            } finally {
                policy(ldap, "off");
            }
        }
    }

    private static PasswordUpdate update(
            LiveTarget ldap, SourceAnchor anchor, int number, AccountState state) {
        return new PasswordUpdate(
                anchor,
                new ChangeVersion(0, number),
                Instant.EPOCH,
                state,
                Optional.of(ldap.digest(number)));
    }

    private static void policy(LiveTarget ldap, String mustChange) throws Exception {
        ldap.admin()
                .modify(
                        "cn=config",
                        new Modification(
                                ModificationType.REPLACE, "passwordMustChange", mustChange));
    }

    /** Signs in, and looks whether the server wants another password. */
    private static boolean mustChange(LiveTarget ldap, int number) throws Exception {
        try (LDAPConnection own = new LDAPConnection("127.0.0.1", LAB.get().port())) {
            BindResult result = own.bind(ldap.dn("anna"), "Contract-Password-" + number);
            return result.hasResponseControl(PasswordExpiredControl.PASSWORD_EXPIRED_OID);
        }
    }

    @Test
    void test_saysWhatTheAccountMayWrite_tooMuchAndTooLittle(@TempDir Path folder)
            throws Exception {
        try (LiveTarget ldap = new LiveTarget(LAB.get(), folder);
                Connector connector = ldap.open()) {
            ldap.addUser(new SourceAnchor("anchor-of-rights"), "anna");
            assertThat(connector.test())
                    .extracting(Finding::text)
                    .anyMatch(
                            text ->
                                    text.equals(
                                            "the account may write userPassword, passbridgeAnchor,"
                                                    + " passbridgeVersion, nsAccountLock,"
                                                    + " passwordExpirationTime"))
                    .anyMatch(text -> text.contains("write outside of baseDns"));
            ldap.context().withAccount(Directory389Lab.SYNC, Directory389Lab.SYNC_PASSWORD);
            assertThat(connector.test())
                    .filteredOn(finding -> finding.severity() == Severity.ERROR)
                    .singleElement()
                    .satisfies(
                            finding ->
                                    assertThat(finding.remedy())
                                            .contains("aci: (targetattr=\"userPassword || "));
        }
    }

    @Test
    void test_signsInWithPasswordsOfItsOwn_inEachKindThatItCanMake(@TempDir Path folder)
            throws Exception {
        try (LiveTarget ldap =
                        new LiveTarget(
                                LAB.get(), folder, "probeDn", "uid=probe," + LiveTarget.BRANCH);
                Connector connector = ldap.open()) {
            ldap.addUser("probe", new String[0]);
            assertThat(connector.test())
                    .noneMatch(finding -> finding.severity() == Severity.ERROR)
                    .extracting(Finding::text)
                    .filteredOn(text -> text.contains("signed in with "))
                    .singleElement()
                    .asString()
                    .contains("SSHA256", "SSHA384", "SSHA512")
                    .contains("PBKDF2-SHA256", "PBKDF2-SHA512");
            assertThat(ldap.admin().getEntry(ldap.dn("probe"), "userPassword"))
                    .matches(entry -> !entry.hasAttribute("userPassword"));
        }
    }
}
