/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.itests.lab.OpenLdapLab;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Users of an OpenLDAP server who are called otherwise from now on. */
@OnOpenLdap
class OpenLdapRenameLiveTest {
    private static final SourceAnchor ANNA = new SourceAnchor("anchor-of-anna");
    private static final SourceAnchor BERT = new SourceAnchor("anchor-of-bert");
    private static final SourceAnchor CARL = new SourceAnchor("anchor-of-carl");

    @RegisterExtension static final Started<OpenLdapLab> LAB = Started.by(OpenLdapLab::start);

    @TempDir Path folder;
    private LiveTarget ldap;
    private Connector connector;

    private void open(String... parameters) throws Exception {
        ldap = new LiveTarget(LAB.get(), folder, parameters);
        connector = ldap.open();
    }

    @AfterEach
    void close() throws Exception {
        connector.close();
        ldap.close();
    }

    private List<Outcome> provision(Account... accounts) throws Exception {
        return connector
                .capability(AccountTarget.class)
                .orElseThrow()
                .provision(List.of(accounts))
                .stream()
                .map(ItemOutcome::outcome)
                .toList();
    }

    private Outcome password(SourceAnchor anchor, long version, int number) throws Exception {
        PasswordUpdate update =
                new PasswordUpdate(
                        anchor,
                        new ChangeVersion(0, version),
                        Instant.EPOCH,
                        AccountState.ACTIVE,
                        Optional.of(ldap.digest(number)));
        return connector
                .capability(PasswordTarget.class)
                .orElseThrow()
                .apply(List.of(update))
                .get(0)
                .outcome();
    }

    private boolean signsIn(String login, int number) {
        return ldap.signsIn(login, "Contract-Password-" + number).orElseThrow();
    }

    @Test
    void renamedUser_isTheSameEntry_withItsPasswordAndVersion() throws Exception {
        open("users", "create");
        provision(Account.named(ANNA, "anna"));
        password(ANNA, 7, 1);
        String id = id("anna");
        for (String name : List.of("anna.lee", "Anna.Lee")) {
            assertThat(provision(Account.named(ANNA, name))).containsExactly(Outcome.APPLIED);
            assertThat(provision(Account.named(ANNA, name))).containsExactly(Outcome.ALREADY);
            assertThat(id(name)).isEqualTo(id);
            assertThat(signsIn(name, 1)).isTrue();
        }
        assertThat(signsIn("anna", 1)).isFalse();
        assertThat(password(ANNA, 7, 1)).isEqualTo(Outcome.ALREADY);
        assertThat(password(ANNA, 8, 2)).isEqualTo(Outcome.APPLIED);
        assertThat(signsIn("anna.lee", 2)).isTrue();
    }

    private String id(String login) throws Exception {
        SearchResultEntry entry = ldap.admin().getEntry(ldap.dn(login), "entryUUID", "uid");
        assertThat(entry.getAttributeValues("uid")).containsExactly(login);
        return entry.getAttributeValue("entryUUID");
    }

    @Test
    void namesThatChangeHands_reachTheirUsers_inWhateverOrderTheyCome() throws Exception {
        open("users", "create");
        provision(
                Account.named(ANNA, "anna"),
                Account.named(BERT, "bert"),
                Account.named(CARL, "carl"));
        password(ANNA, 1, 1);
        password(BERT, 1, 2);
        Account[] moved = {
            Account.named(ANNA, "bert"), Account.named(BERT, "carl"), Account.named(CARL, "dora")
        };
        assertThat(provision(moved)).containsOnly(Outcome.APPLIED);
        assertThat(provision(moved)).containsOnly(Outcome.ALREADY);
        assertThat(signsIn("bert", 1)).isTrue();
        assertThat(signsIn("carl", 2)).isTrue();
        assertThat(signsIn("bert", 2)).isFalse();
    }

    @Test
    void usersWhoExchangeTheirNames_haveThemAfterOneBatch() throws Exception {
        open("users", "create");
        provision(
                Account.named(ANNA, "anna"),
                Account.named(BERT, "bert"),
                Account.named(CARL, "carl"));
        password(ANNA, 1, 1);
        password(BERT, 1, 2);
        ldap.addUser("dora");
        Account[] exchanged = {
            Account.named(ANNA, "bert"), Account.named(BERT, "anna"), Account.named(CARL, "dora")
        };
        // the third one waits for somebody who stays
        assertThat(provision(exchanged))
                .containsExactly(Outcome.APPLIED, Outcome.APPLIED, Outcome.CONFLICT);
        assertThat(provision(exchanged))
                .containsExactly(Outcome.ALREADY, Outcome.ALREADY, Outcome.CONFLICT);
        assertThat(signsIn("bert", 1)).isTrue();
        assertThat(signsIn("anna", 2)).isTrue();
        id("carl");
    }

    @Test
    void nameOfAnother_isAConflict_untilItIsFree_andHarmsNeither() throws Exception {
        open("users", "create");
        provision(Account.named(ANNA, "anna"), Account.named(BERT, "bert"));
        password(ANNA, 1, 1);
        password(BERT, 1, 2);
        assertThat(provision(Account.named(ANNA, "bert"))).containsExactly(Outcome.CONFLICT);
        assertThat(signsIn("anna", 1)).isTrue();
        assertThat(signsIn("bert", 2)).isTrue();
        ldap.admin().delete(ldap.dn("bert"));
        assertThat(provision(Account.named(ANNA, "bert"))).containsExactly(Outcome.APPLIED);
        assertThat(signsIn("bert", 1)).isTrue();
    }

    @Test
    void otherLoginNamesAndPartsOfTheEntrysName_stay() throws Exception {
        open("users", "create");
        String dn = ldap.dn("anna").replaceFirst(",", "+cn=Anna Lee,");
        ldap.admin()
                .add(
                        new Entry(
                                "dn: " + dn,
                                "objectClass: inetOrgPerson",
                                "objectClass: passbridgeUser",
                                "passbridgeAnchor: " + ANNA.value(),
                                "uid: a.lee",
                                "uid: anna",
                                "cn: Anna Lee",
                                "displayName: Anna Lee",
                                "sn: Lee"));
        Account same = new Account(ANNA, "anna", List.of(), "Anna Lee", "", "Lee", "");
        assertThat(provision(same)).containsExactly(Outcome.ALREADY);
        Account other = new Account(ANNA, "anna.kay", List.of(), "Anna Lee", "", "Lee", "");
        assertThat(provision(other)).containsExactly(Outcome.APPLIED);
        assertThat(
                        ldap.admin()
                                .getEntry(dn.replace("uid=anna", "uid=anna.kay"))
                                .getAttributeValues("uid"))
                .containsExactlyInAnyOrder("a.lee", "anna.kay");
    }

    @Test
    void whereUsersAreMatchedOnly_aRenamedUserKeepsTheName_andGetsThePassword() throws Exception {
        open("match", "login");
        ldap.addUser("anna", new String[0]);
        assertThat(provision(Account.named(ANNA, "anna"))).containsExactly(Outcome.APPLIED);
        assertThat(provision(Account.named(ANNA, "anna.lee"))).containsExactly(Outcome.ALREADY);
        assertThat(password(ANNA, 1, 1)).isEqualTo(Outcome.APPLIED);
        assertThat(signsIn("anna", 1)).isTrue();
    }
}
