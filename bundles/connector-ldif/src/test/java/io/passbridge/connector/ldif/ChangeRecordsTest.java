/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import static io.passbridge.connector.ldif.LdifFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ldif.LdifFixture.Seen;
import io.passbridge.credential.AccountState.Flag;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records that speak of somebody again. */
class ChangeRecordsTest extends FileLab {
    @Test
    void changes_changeRecordAppended_bringsTheUserAsItIsNow() throws Exception {
        fixture.write(
                user("anna", HASH_1, "sambaPwdLastSet: 1790000000", "sambaAcctFlags: [U    ]")
                        + user("bert", HASH_1));
        long before = fixture.byAnchor().get("uuid-anna").version();
        fixture.append(
                """
                dn: UID=Anna, ou=people,dc=example,dc=org
                changetype: modify
                replace: sambaNTPassword
                sambaNTPassword: FFEEDDCCBBAA99887766554433221100
                -
                replace: sambaAcctFlags
                sambaAcctFlags: [UD   ]
                -

                """);
        Seen anna = fixture.byAnchor().get("uuid-anna");
        assertThat(anna.credential()).isEqualTo(NT_2);
        assertThat(anna.state().has(Flag.DISABLED)).isTrue();
        assertThat(anna.version()).as("grows even without a time").isGreaterThan(before);
    }

    @Test
    void changes_entryRepeatedAsAWhole_bringsTheLaterOne() throws Exception {
        fixture.write(user("anna", HASH_1));
        long before = fixture.byAnchor().get("uuid-anna").version();
        fixture.append(user("anna", HASH_2));
        Seen anna = fixture.byAnchor().get("uuid-anna");
        assertThat(anna.credential()).isEqualTo(NT_2);
        assertThat(anna.version()).isNotEqualTo(before);
    }

    @Test
    void changes_everyChangeType_isUnderstood() throws Exception {
        fixture.write(user("anna", HASH_1) + user("bert", HASH_1) + user("carl", HASH_1));
        fixture.changes();
        fixture.append(
                """
                dn: uid=anna,ou=people,dc=example,dc=org
                changetype: delete

                dn: uid=bert,ou=people,dc=example,dc=org
                control: 1.2.3 true
                changetype: modrdn
                newrdn: uid=berta
                deleteoldrdn: 1

                dn: uid=berta,ou=people,dc=example,dc=org
                changetype: modify
                delete: sambaNTPassword
                -
                add: userPassword
                userPassword: {SSHA}AAAA
                -

                dn: uid=dora,ou=people,dc=example,dc=org
                changetype: add
                objectClass: inetOrgPerson
                uid: dora
                entryUUID: uuid-dora
                userPassword: {SSHA}BBBB

                """);
        Map<String, Seen> seen = fixture.byAnchor();
        assertThat(seen.keySet()).containsExactly("uuid-anna", "uuid-bert", "uuid-dora");
        assertThat(seen.get("uuid-anna").state().has(Flag.DELETED)).isTrue();
        assertThat(seen.get("uuid-anna").credential()).isEqualTo("none");
        assertThat(seen.get("uuid-bert").credential()).isEqualTo("{SSHA}AAAA");
        assertThat(fixture.accounts().find("berta")).isEmpty();
        assertThat(fixture.accounts().find("uuid-bert"))
                .extracting(account -> account.loginName())
                .containsExactly("berta");
        assertThat(seen.get("uuid-dora").credential()).isEqualTo("{SSHA}BBBB");
        assertThat(fixture.context.badRecords()).isEmpty();
    }

    @Test
    void changes_ofGroupsAndUnknownEntries_areIgnoredOrReported() throws Exception {
        fixture.write(
                "dn: cn=staff,dc=example,dc=org\n"
                        + "objectClass: groupOfNames\n"
                        + "cn: staff\n"
                        + "entryUUID: g\n\n"
                        + user("anna", HASH_1));
        fixture.changes();
        fixture.append(
                """
                dn: cn=staff,dc=example,dc=org
                changetype: modify
                replace: cn
                cn: crew
                -

                dn: uid=nobody,dc=example,dc=org
                changetype: modify
                replace: userPassword
                userPassword: {SSHA}AAAA
                -

                """);
        assertThat(fixture.changes()).isEmpty();
        assertThat(fixture.context.badRecords())
                .singleElement()
                .asString()
                .contains("people.ldif:18: ", "uid=nobody,dc=example,dc=org");
    }
}
