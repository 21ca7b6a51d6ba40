/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.tck.SourceReader;
import io.passbridge.connector.tck.SourceReader.Seen;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.SourceAnchor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users who are in scope as members of groups, and of groups in them. */
class GroupsTest {
    private static final String STAFF = "cn=staff,dc=example,dc=org";
    private static final String TEAM = "cn=team,dc=example,dc=org";
    private static final String UNIX = "cn=unix,dc=example,dc=org";

    @TempDir Path folder;
    private InMemory ldap;
    private SourceAnchor anna;
    private SourceAnchor bert;
    private SourceAnchor carl;
    private SourceAnchor dora;

    @BeforeEach
    void start() throws Exception {
        ldap = InMemory.withGroups(folder, STAFF);
        anna = ldap.addUser("anna");
        bert = ldap.addUser("bert");
        carl = ldap.addUser("carl");
        dora = ldap.addUser("dora");
        group(STAFF, "groupOfNames", "member: " + InMemory.dn("anna"), "member: " + TEAM);
        // a group may hold the one that it is in
        group(TEAM, "groupOfNames", "member: " + InMemory.dn("bert"), "member: " + UNIX);
        group(UNIX, "posixGroup", "memberUid: carl", "member: " + STAFF);
    }

    @AfterEach
    void stop() {
        ldap.close();
    }

    private void group(String dn, String objectClass, String first, String second)
            throws Exception {
        ldap.server()
                .add(
                        "dn: " + dn,
                        "objectClass: " + objectClass,
                        "cn: " + dn.substring(3, dn.indexOf(',')),
                        first,
                        second);
    }

    private static List<SourceAnchor> anchors(List<Seen> seen) {
        return seen.stream().map(Seen::anchor).toList();
    }

    @Test
    void members_directlyAndThroughGroups_areInScope_andNobodyElse() throws Exception {
        try (Connector connector = ldap.open()) {
            assertThat(anchors(new SourceReader(connector).drain(10)))
                    .containsExactlyInAnyOrder(anna, bert, carl);
            assertThat(
                            SourceReader.seen(
                                    connector
                                            .capability(PasswordSource.class)
                                            .orElseThrow()
                                            .read(List.of(dora))))
                    .allMatch(seen -> seen.state().has(Flag.OUT_OF_SCOPE));
        }
    }

    @Test
    void joinersAndLeavers_come_thoughTheirEntriesDoNotChange() throws Exception {
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            reader.drain(10);
            modify(ModificationType.ADD, InMemory.dn("dora"));
            List<Seen> joined = reader.drain(10);
            assertThat(anchors(joined)).containsExactly(dora);
            assertThat(joined).allMatch(Seen::hasCredential);
            modify(ModificationType.DELETE, InMemory.dn("bert"));
            List<Seen> left = reader.drain(10);
            assertThat(anchors(left)).containsExactly(bert);
            assertThat(left).allMatch(seen -> seen.state().has(Flag.OUT_OF_SCOPE));
            assertThat(reader.drain(10)).isEmpty();
        }
    }

    private void modify(ModificationType how, String member) throws Exception {
        ldap.server().modify(TEAM, new Modification(how, "member", member));
    }

    @Test
    void groupThatIsNotThere_isAFault_andNotEverybodyOut() throws Exception {
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            reader.drain(10);
            ldap.server().delete(STAFF);
            assertThatThrownBy(() -> reader.drain(10))
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION));
        }
    }
}
