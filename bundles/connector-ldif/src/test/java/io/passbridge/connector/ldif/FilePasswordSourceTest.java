/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import static io.passbridge.connector.ldif.LdifFixture.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.UnusableItem;
import io.passbridge.connector.UnusableReport;
import io.passbridge.connector.Watermark;
import io.passbridge.connector.ldif.LdifFixture.Seen;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePasswordSourceTest {
    private static final String HASH_1 = "sambaNTPassword: 00112233445566778899AABBCCDDEEFF";
    private static final String HASH_2 = "sambaNTPassword: FFEEDDCCBBAA99887766554433221100";
    private static final String NT_1 = "NT 00112233445566778899aabbccddeeff";
    private static final String NT_2 = "NT ffeeddccbbaa99887766554433221100";

    @TempDir Path folder;
    private LdifFixture fixture;

    @BeforeEach
    void open() {
        fixture = new LdifFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void changes_fromBeginning_bringsEveryUserOnce() throws Exception {
        fixture.write(
                "version: 1\n\n"
                        + "dn: dc=example,dc=org\n"
                        + "objectClass: domain\n"
                        + "dc: example\n"
                        + "entryUUID: d\n\n"
                        + user("anna", HASH_1, "sambaPwdLastSet: 1790000000")
                        + user("bert"));
        List<Seen> seen = fixture.changes();
        assertThat(seen).extracting(Seen::anchor).containsExactly("uuid-anna", "uuid-bert");
        assertThat(seen).extracting(Seen::credential).containsExactly(NT_1, "none");
        assertThat(seen.get(0).version() / 10_000_000L).isEqualTo(1_790_000_000L + 11_644_473_600L);
        assertThat(fixture.changes()).isEmpty();
    }

    @Test
    void changes_inSmallPages_resumesAfterRestart() throws Exception {
        StringBuilder people = new StringBuilder();
        IntStream.range(0, 50).forEach(i -> people.append(user("u" + i, HASH_1)));
        fixture.write(people.toString());
        int count = 0;
        boolean more = true;
        while (more) {
            try (ChangePage page = fixture.source().changes(fixture.watermark, 7)) {
                assertThat(page.changes().size()).isLessThanOrEqualTo(7);
                assertThat(page.durable()).isTrue();
                count += page.changes().size();
                fixture.watermark = page.next();
                more = page.more();
            }
            fixture.restart();
        }
        assertThat(count).isEqualTo(50);
    }

    @Test
    void changes_fileAppended_bringsOnlyWhatIsNew() throws Exception {
        fixture.write(user("anna", HASH_1) + user("bert", HASH_1));
        fixture.changes();
        fixture.append(user("carl", HASH_2));
        assertThat(fixture.changes()).extracting(Seen::anchor).containsExactly("uuid-carl");
        fixture.restart();
        fixture.append(user("dora", HASH_2));
        assertThat(fixture.changes()).extracting(Seen::anchor).containsExactly("uuid-dora");
    }

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

    @Test
    void changes_fileReplacedByALargerOne_readsTheWholeFile() throws Exception {
        fixture.write(user("anna", HASH_1) + user("bert", HASH_1));
        fixture.changes();
        Path other = folder.resolve("other");
        Files.writeString(
                other, user("anna", HASH_2) + user("bert", HASH_1) + user("carl", HASH_1));
        Files.move(other, fixture.file, StandardCopyOption.ATOMIC_MOVE);
        Map<String, Seen> seen = fixture.byAnchor();
        assertThat(seen.keySet())
                .as("whoever is as before does not come again")
                .containsExactly("uuid-anna", "uuid-carl");
        assertThat(seen.get("uuid-anna").credential()).isEqualTo(NT_2);
    }

    @Test
    void changes_fileRewrittenInPlaceWithEqualLength_readsTheWholeFile() throws Exception {
        fixture.write(user("anna", HASH_1) + user("bert", HASH_1));
        fixture.changes();
        fixture.write(user("anna", HASH_2) + user("bert", HASH_1));
        Files.setLastModifiedTime(fixture.file, FileTime.fromMillis(1_790_000_000_000L));
        assertThat(fixture.byAnchor().get("uuid-anna").credential()).isEqualTo(NT_2);
    }

    @Test
    void changes_fileReplacedByAShorterOne_deletesNobody() throws Exception {
        fixture.write(user("anna", HASH_1) + user("bert", HASH_1));
        fixture.changes();
        fixture.write(user("anna", HASH_1));
        assertThat(fixture.changes()).isEmpty();
    }

    @Test
    void changes_badRecords_areReportedWithLineAndTheOthersGoOn() throws Exception {
        fixture.write(
                user("anna", HASH_1)
                        + "dn: uid=x,dc=example,dc=org\nthis is no line\n\n"
                        + user("y", "sambaNTPassword: 0011")
                        + "dn: uid=z,dc=e\nuid: z\nobjectClass: person\n\n"
                        + user("b64", "userPassword:: e1NT*")
                        + "nonsense: 1\n\n"
                        + user("bert", HASH_1));
        assertThat(fixture.changes())
                .extracting(Seen::anchor)
                .containsExactly("uuid-anna", "uuid-bert");
        assertThat(fixture.context.badRecords())
                .hasSize(5)
                .satisfiesExactly(
                        bad -> assertThat(bad).contains("people.ldif:8: ").contains("attribute:"),
                        bad ->
                                assertThat(bad)
                                        .contains("people.ldif:10: ")
                                        .contains("sambaNTPassword"),
                        bad -> assertThat(bad).contains("people.ldif:16: ").contains("anchor"),
                        bad -> assertThat(bad).contains("people.ldif:24: ").contains("base64"),
                        bad -> assertThat(bad).contains("people.ldif:26: ").contains("dn:"))
                .noneMatch(bad -> bad.contains("0011") || bad.contains("e1NT"));
    }

    @Test
    void changes_unusableRecords_comeWithThePage_andEndWhenTheFileIsMended() throws Exception {
        fixture.write(
                user("anna", HASH_1)
                        + user("y", "sambaNTPassword: 0011")
                        + "dn: uid=z,dc=e\nuid: z\nobjectClass: person\n\n");
        PasswordSource source = fixture.source();
        Watermark end;
        try (ChangePage page = source.changes(Watermark.BEGINNING, 100)) {
            assertThat(page.unusable().startsOver()).isTrue();
            assertThat(page.unusable().items())
                    .extracting(UnusableItem::name)
                    .containsExactly("y", "z");
            assertThat(page.unusable().items().get(0).anchor())
                    .contains(new SourceAnchor("uuid-y"));
            assertThat(page.unusable().items().get(1).reason()).doesNotContain("'z'");
            end = page.next();
        }
        source.changes(Watermark.BEGINNING, 100).close();
        assertThat(fixture.context.badRecords()).hasSize(2);
        fixture.write(user("anna", HASH_1) + user("y", HASH_1));
        try (ChangePage page = source.changes(end, 100)) {
            assertThat(page.unusable()).isEqualTo(new UnusableReport(true, List.of()));
        }
    }

    @Test
    void changes_overlongRecord_isSkippedAndReported() throws Exception {
        fixture.close();
        fixture = new LdifFixture(folder, "maxRecordKiB", "1");
        String members = "member: uid=somebody,dc=example,dc=org\n".repeat(20_000);
        fixture.write(
                user("anna", HASH_1)
                        + "dn: cn=all,dc=example,dc=org\n"
                        + members
                        + "\n"
                        + user("bert", HASH_1));
        assertThat(fixture.changes())
                .extracting(Seen::anchor)
                .containsExactly("uuid-anna", "uuid-bert");
        assertThat(fixture.context.badRecords())
                .singleElement()
                .asString()
                .contains(":7: ", "1 KiB");
        fixture.append("garbage\n\n");
        fixture.changes();
        assertThat(fixture.context.badRecords()).hasSize(2);
        assertThat(fixture.context.badRecords().get(1)).contains("people.ldif:20015: ");
    }

    @Test
    void changes_recordThatRunsIntoTheNext_isNotUsed() throws Exception {
        fixture.write(
                user("anna", HASH_1)
                        + "dn: uid=half,dc=example,dc=org\nuid: half\nentryUUID: h\n"
                        + user("bert", HASH_1));
        assertThat(fixture.changes())
                .extracting(Seen::anchor)
                .containsExactly("uuid-anna", "uuid-bert");
        assertThat(fixture.context.badRecords()).singleElement().asString().contains(":7: ");
    }

    @Test
    void read_givesEachUserAsItIsNow() throws Exception {
        fixture.write(user("anna", HASH_1) + user("bert", HASH_1));
        fixture.append(
                "dn: uid=bert,ou=people,dc=example,dc=org\n"
                        + "changetype: modify\n"
                        + "replace: sambaNTPassword\n"
                        + HASH_2
                        + "\n-\n\n");
        List<CredentialChange> read =
                fixture.source()
                        .read(
                                List.of(
                                        new SourceAnchor("uuid-anna"),
                                        new SourceAnchor("uuid-bert"),
                                        new SourceAnchor("uuid-gone")));
        assertThat(read)
                .extracting(Seen::of)
                .extracting(Seen::credential)
                .containsExactlyInAnyOrder(NT_1, NT_2, "none");
        assertThat(read)
                .filteredOn(change -> change.anchor().value().equals("uuid-gone"))
                .allMatch(change -> change.state().has(Flag.OUT_OF_SCOPE))
                .as("older than anything, so that no target acts on absence")
                .allMatch(change -> change.version().equals(new ChangeVersion(0, 0)));
        read.forEach(CredentialChange::close);
    }

    @Test
    void changes_versionsOfPagesAndReads_agree() throws Exception {
        fixture.write(
                user("anna", HASH_1) + user("bert", HASH_1, "modifyTimestamp: 20261121083102Z"));
        fixture.append(
                "dn: uid=anna,ou=people,dc=example,dc=org\n"
                        + "changetype: modify\n"
                        + "replace: mail\n"
                        + "mail: a@b\n"
                        + "-\n\n");
        Map<String, Seen> paged = fixture.byAnchor();
        for (CredentialChange change :
                fixture.source().read(paged.keySet().stream().map(SourceAnchor::new).toList())) {
            assertThat(Seen.of(change)).isEqualTo(paged.get(change.anchor().value()));
        }
    }

    @Test
    void changes_missingFile_isUnreachableAndNotEmpty() {
        assertThatThrownBy(() -> fixture.changes())
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("is not there");
    }

    @Test
    void changes_foreignWatermark_isExpired() {
        assertThatThrownBy(() -> fixture.source().changes(Watermark.of(new byte[] {1, 2, 3}), 10))
                .isInstanceOfSatisfying(
                        ConnectorException.class,
                        e ->
                                assertThat(e.kind())
                                        .isEqualTo(ConnectorException.Kind.WATERMARK_EXPIRED));
    }

    @Test
    void changes_underABase_leavesOthersOutAndTellsLeavers() throws Exception {
        fixture.close();
        fixture = new LdifFixture(folder, "base", "ou=people, dc=example, dc=org");
        fixture.write(
                user("anna", HASH_1) + user("bert", HASH_1).replace("ou=people", "ou=guests"));
        assertThat(fixture.changes()).extracting(Seen::anchor).containsExactly("uuid-anna");
        fixture.append(
                """
                dn: uid=anna,ou=people,dc=example,dc=org
                changetype: moddn
                newrdn: uid=anna
                deleteoldrdn: 0
                newsuperior: ou=leavers,dc=example,dc=org

                """);
        Seen anna = fixture.byAnchor().get("uuid-anna");
        assertThat(anna.state().has(Flag.OUT_OF_SCOPE)).isTrue();
        assertThat(anna.credential()).isEqualTo("none");
    }

    @Test
    void close_endsCallsForGood() throws IOException {
        fixture.write(user("anna", HASH_1));
        fixture.connector.close();
        fixture.connector.close();
        assertThatThrownBy(() -> fixture.changes())
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("closed");
    }
}
