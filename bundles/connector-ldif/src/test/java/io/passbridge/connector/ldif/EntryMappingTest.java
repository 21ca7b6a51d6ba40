/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import static io.passbridge.connector.ldif.LdifFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ldif.LdifFixture.Seen;
import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.times.DirectoryTime;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryMappingTest {
    @TempDir Path folder;
    private LdifFixture fixture;

    @BeforeEach
    void open() {
        fixture = new LdifFixture(folder);
        fixture.context.withClock(
                Clock.fixed(Instant.parse("2026-11-21T08:00:00Z"), ZoneOffset.UTC));
        fixture.restart();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Seen only(String... lines) throws Exception {
        fixture.write(user("anna", lines));
        List<Seen> seen = fixture.changes();
        assertThat(seen).hasSize(1);
        return seen.get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "userAccountControl: 514                   | DISABLED",
                "userAccountControl: 66048                 | PASSWORD_NEVER_EXPIRES",
                "userAccountControl: 262656                | SMARTCARD_REQUIRED",
                "userAccountControl: 8389120               | PASSWORD_EXPIRED",
                "sambaAcctFlags: [UD         ]             | DISABLED",
                "sambaAcctFlags: [UX         ]             | PASSWORD_NEVER_EXPIRES",
                "sambaPwdLastSet: 0                        | MUST_CHANGE_PASSWORD",
                "pwdLastSet: 0                             | MUST_CHANGE_PASSWORD",
                "pwdReset: TRUE                            | MUST_CHANGE_PASSWORD",
                "nsAccountLock: true                       | DISABLED",
                "pwdAccountLockedTime: 000001010000Z       | DISABLED",
                "accountExpires: 131000000000000000        | ACCOUNT_EXPIRED",
                "shadowExpire: 1                           | ACCOUNT_EXPIRED",
                "sambaKickoffTime: 1600000000              | ACCOUNT_EXPIRED",
                "pwdEndTime: 20200101000000Z               | ACCOUNT_EXPIRED",
                "krbPrincipalExpiration: 20200101000000Z   | ACCOUNT_EXPIRED",
                "krbPasswordExpiration: 20200101000000Z    | PASSWORD_EXPIRED",
                "passwordExpirationTime: 20200101000000Z   | PASSWORD_EXPIRED",
                "msDS-UserPasswordExpiryTimeComputed: 131000000000000000 | PASSWORD_EXPIRED",
            })
    void flags_ofEveryDirectory_areFound(String line, Flag flag) throws Exception {
        assertThat(only(line).state().flags()).isEqualTo(Set.of(flag));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "userAccountControl: 512",
                "sambaAcctFlags: [U          ]",
                "pwdLastSet: 134081234567890123",
                "nsAccountLock: false",
                "pwdAccountLockedTime: 20261121070000Z",
                "accountExpires: 0",
                "accountExpires: 9223372036854775807",
                "shadowExpire: -1",
                "shadowExpire: 99999",
                "krbPasswordExpiration: 20991231235959Z",
                "accountExpires: nonsense",
                "pwdEndTime: 20201399000000Z",
            })
    void flags_ofAnOrdinaryAccount_areNone(String line) throws Exception {
        assertThat(only(line).state().flags()).isEmpty();
    }

    @Test
    void credential_ofSeveral_prefersTheNtHash() throws Exception {
        assertThat(
                        only(
                                        "userPassword: {ARGON2}$argon2id$v=19$m=1,t=1,p=1$AA$BB",
                                        "unicodePwd:: ABEiM0RVZneImaq7zN3u/w==")
                                .credential())
                .isEqualTo("NT 00112233445566778899aabbccddeeff");
        assertThat(
                        only("userPassword: {SSHA}AA", "ipaNTHash:: ABEiM0RVZneImaq7zN3u/w==")
                                .credential())
                .startsWith("NT ");
    }

    @Test
    void credential_ofSeveralUserPasswords_isTheBestOne() throws Exception {
        assertThat(
                        only(
                                        "userPassword: clear",
                                        "userPassword: {MD5}AAAA",
                                        "userPassword: {SSHA}AAAA",
                                        "userPassword: {SASL}anna@EXAMPLE",
                                        "userPassword: {PBKDF2-SHA256}1$AA$BB")
                                .credential())
                .isEqualTo("{PBKDF2-SHA256}1$AA$BB");
        assertThat(only("userPassword: clear", "userPassword: {MD5}AAAA").credential())
                .isEqualTo("{MD5}AAAA");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "userPassword: {SASL}anna@EXAMPLE",
                "userPassword: {CRYPT}!",
                "userPassword: {CRYPT}*",
                "userPassword: {SSHA}",
                "sambaNTPassword: NO PASSWORDXXXXXXXXXXXXXXXXXXXXX",
                "sambaNTPassword: XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
                "description: none at all",
            })
    void credential_thatIsNone_isNone(String line) throws Exception {
        assertThat(only(line).credential()).isEqualTo("none");
        assertThat(fixture.context.badRecords()).isEmpty();
    }

    @Test
    void unicodePwd_asAPasswordInQuotes_isRefusedWithoutShowingIt() throws Exception {
        fixture.write(user("anna", "unicodePwd:: IgBhAGIAYwBkAGUAZgAiAA=="));
        assertThat(fixture.changes()).isEmpty();
        assertThat(fixture.context.badRecords())
                .singleElement()
                .asString()
                .contains("not an NT hash");
    }

    @Test
    void version_isTheNewestTime() throws Exception {
        Seen seen =
                only(
                        "pwdChangedTime: 20261101000000Z",
                        "modifyTimestamp: 20261102000000Z",
                        "entryCSN: 20261102000000.123456Z#000000#000#000000");
        assertThat(DirectoryTime.toInstant(seen.version()))
                .isEqualTo("2026-11-02T00:00:00.123456Z");
    }

    @Test
    void users_areNeitherComputersNorGroupsNorBuiltIn() throws Exception {
        fixture.write(
                user("anna")
                        + user("pc1$", "sambaAcctFlags: [W  ]")
                        + user("box", "objectClass: computer")
                        + user("crew", "objectClass: group")
                        + user("krbtgt", "isCriticalSystemObject: TRUE"));
        assertThat(fixture.changes()).extracting(Seen::anchor).containsExactly("uuid-anna");
    }

    @Test
    void anchor_ofBinaryGuid_isItsTextForm() throws Exception {
        fixture.write(
                "dn: CN=a,DC=e\n"
                        + "sAMAccountName: a\n"
                        + "objectGUID:: MyIRAFVEd2aImaq7zN3u/w==\n\n"
                        + "dn: CN=b,DC=e\n"
                        + "sAMAccountName: b\n"
                        + "objectGUID: 6F9619FF-8B86-D011-B42D-00CF4FC964FF\n\n");
        assertThat(fixture.changes())
                .extracting(Seen::anchor)
                .containsExactly(
                        "00112233-4455-6677-8899-aabbccddeeff",
                        "6f9619ff-8b86-d011-b42d-00cf4fc964ff");
    }

    @Test
    void find_byLoginAliasOrAnchor_givesTheAccount() throws Exception {
        fixture.write(
                user(
                        "anna",
                        "cn:: QW5uYSBNw7xsbGVy",
                        "givenName: Anna",
                        "sn:: TcO8bGxlcg==",
                        "mail: anna@example.org",
                        "userPrincipalName: anna@corp.example"));
        for (String name : List.of("ANNA", "anna@example.org", "Anna@corp.example", "uuid-anna")) {
            List<Account> found = fixture.accounts().find(name);
            assertThat(found).as(name).hasSize(1);
            assertThat(found.get(0).displayName()).isEqualTo("Anna Müller");
            assertThat(found.get(0).familyName()).isEqualTo("Müller");
            assertThat(found.get(0).aliases())
                    .containsExactly("anna@corp.example", "anna@example.org");
        }
        assertThat(fixture.accounts().find("nobody")).isEmpty();
    }

    @Test
    void names_comeFromWhatIsDeclared_andOtherAttributesSayNothing() throws Exception {
        fixture.close();
        fixture =
                new LdifFixture(
                        folder, "attributes", "mail=rfc822Mailbox, displayName=cn, rank=title");
        String anna = "cn: Anna Lee\nmail: old@example.org\nrfc822Mailbox: anna@example.org\n";
        fixture.write(user("anna", anna + "displayName: Annie\ntitle: Chief\nroom: 7"));
        assertThat(fixture.changes()).hasSize(1);
        Account account = fixture.accounts().find("anna").get(0);
        assertThat(account.mail()).isEqualTo("anna@example.org");
        assertThat(account.displayName()).isEqualTo("Anna Lee");
        assertThat(account.attributes()).isEqualTo(Map.of("rank", List.of("Chief")));

        fixture.write(user("anna", anna + "displayName: Annie\ntitle: Chief\nroom: 8"));
        assertThat(fixture.changes()).isEmpty();
        fixture.write(user("anna", anna + "displayName: Annie\ntitle: Clerk\nroom: 8"));
        assertThat(fixture.changes()).hasSize(1);
    }
}
