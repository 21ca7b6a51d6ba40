/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import io.passbridge.connector.AccountSource;
import io.passbridge.connector.Connector;
import io.passbridge.connector.tck.SourceReader;
import io.passbridge.connector.tck.SourceReader.Seen;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.itests.lab.OpenLdapLab;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Who is in scope at a real server, by each of the conditions, and what leaving it looks like. */
@OnOpenLdap
class OpenLdapScopeLiveTest {
    private static final String STAFF = "ou=staff," + LiveDirectory.BRANCH;
    private static final String ROBOTS = "ou=robots," + STAFF;

    @RegisterExtension static final Started<OpenLdapLab> LAB = Started.by(OpenLdapLab::start);

    @TempDir Path folder;
    private LiveDirectory ldap;

    private void scope(String... parameters) throws Exception {
        ldap = new LiveDirectory(LAB.get(), folder, parameters);
        ldap.addPart("staff");
        ldap.addPart("robots,ou=staff");
        ldap.addPart("guests");
    }

    @AfterEach
    void close() throws Exception {
        ldap.close();
    }

    private SourceAnchor add(String uid, String part) throws Exception {
        SourceAnchor anchor = ldap.addUser(uid);
        ldap.move(uid, part);
        return anchor;
    }

    private static List<SourceAnchor> anchors(List<Seen> seen) {
        return seen.stream().map(Seen::anchor).toList();
    }

    private static void assertLeft(List<Seen> seen, SourceAnchor... who) {
        assertThat(anchors(seen)).containsExactlyInAnyOrder(who);
        assertThat(seen).allMatch(one -> one.state().has(Flag.OUT_OF_SCOPE));
    }

    @Test
    void severalBases_thoughTheyOverlap_bringEachUserOnce() throws Exception {
        scope("baseDns", STAFF + "; " + ROBOTS + "; ou=guests," + LiveDirectory.BRANCH);
        SourceAnchor anna = add("anna", "staff");
        SourceAnchor robot = add("robot", "robots,ou=staff");
        SourceAnchor guest = add("guest", "guests");
        ldap.addUser("outsider");
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            assertThat(anchors(reader.drain(10))).containsExactlyInAnyOrder(anna, robot, guest);
            ldap.changePassword(guest);
            assertThat(anchors(reader.drain(10))).containsExactly(guest);
            ldap.move("anna,ou=staff", "guests");
            assertThat(reader.drain(10)).noneMatch(seen -> seen.state().has(Flag.OUT_OF_SCOPE));
        }
    }

    @Test
    void partsThatAreTakenAndLeftOut_theNearestNameDecides() throws Exception {
        scope("includeDns", STAFF, "excludeDns", ROBOTS + ";uid=boss," + STAFF);
        SourceAnchor anna = add("anna", "staff");
        SourceAnchor bert = add("bert", "staff");
        SourceAnchor boss = add("boss", "staff");
        SourceAnchor robot = add("robot", "robots,ou=staff");
        SourceAnchor guest = add("guest", "guests");
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            assertThat(anchors(reader.drain(10))).containsExactlyInAnyOrder(anna, bert);
            assertThat(connector.capability(AccountSource.class).orElseThrow().find("boss"))
                    .isEmpty();
            ldap.changePassword(boss);
            ldap.changePassword(robot);
            assertThat(reader.drain(10)).isEmpty();
            ldap.move("bert,ou=staff", "robots,ou=staff");
            assertLeft(reader.drain(10), bert);
            ldap.move("guest,ou=guests", "staff");
            assertThat(anchors(reader.drain(10))).containsExactly(guest);
        }
    }

    @Test
    void filterAndObjectClasses_chooseUsers_andWhoStopsMatchingIsOutOfScope() throws Exception {
        scope("filter", "(employeeType=staff)", "objectClasses", "posixAccount");
        SourceAnchor anna = ldap.addUser("anna");
        ldap.addUser("bert");
        ldap.replace("bert", "employeeType", "staff");
        ldap.admin()
                .modify(
                        ldap.dn("anna"),
                        new Modification(ModificationType.ADD, "objectClass", "posixAccount"),
                        new Modification(ModificationType.ADD, "uidNumber", "1001"),
                        new Modification(ModificationType.ADD, "gidNumber", "1001"),
                        new Modification(ModificationType.ADD, "homeDirectory", "/home/anna"),
                        new Modification(ModificationType.ADD, "employeeType", "staff"));
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            assertThat(anchors(reader.drain(10))).containsExactly(anna);
            ldap.replace("anna", "employeeType", "retired");
            assertLeft(reader.drain(10), anna);
        }
    }

    @Test
    void groupsInGroups_chooseUsers_andJoinersAndLeaversCome() throws Exception {
        String all = "cn=all," + LiveDirectory.BRANCH;
        scope("groups", all);
        SourceAnchor anna = ldap.addUser("anna");
        SourceAnchor bert = ldap.addUser("bert");
        SourceAnchor carl = ldap.addUser("carl");
        String team = "cn=team," + ldap.branch();
        group(all.replace(LiveDirectory.BRANCH, ldap.branch()), ldap.dn("anna"), team);
        group(team, ldap.dn("bert"));
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            assertThat(anchors(reader.drain(10))).containsExactlyInAnyOrder(anna, bert);
            ldap.admin()
                    .modify(
                            team,
                            new Modification(ModificationType.REPLACE, "member", ldap.dn("carl")));
            List<Seen> seen = reader.drain(10);
            assertThat(anchors(seen)).containsExactlyInAnyOrder(bert, carl);
            assertThat(seen)
                    .filteredOn(one -> one.state().has(Flag.OUT_OF_SCOPE))
                    .extracting(Seen::anchor)
                    .containsExactly(bert);
        }
    }

    @Test
    void entriesThatAreNoUsers_comeAndGo_andNothingIsTold() throws Exception {
        scope("baseDns", STAFF);
        add("anna", "staff");
        String team = "cn=team," + ldap.branch();
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            reader.drain(10);
            group(team, ldap.dn("anna"));
            add("guest", "guests");
            assertThat(reader.drain(10)).isEmpty();
            ldap.admin().delete(team);
            ldap.admin().delete(ldap.dn("guest,ou=guests"));
            assertThat(reader.drain(10)).isEmpty();
        }
    }

    private void group(String dn, String... members) throws Exception {
        Entry group = new Entry("dn: " + dn, "objectClass: groupOfNames");
        group.addAttribute("member", members);
        ldap.admin().add(group);
    }
}
