/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import static io.passbridge.connector.ldif.LdifFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.UnusableItem;
import io.passbridge.connector.UnusableReport;
import io.passbridge.connector.Watermark;
import io.passbridge.connector.ldif.LdifFixture.Seen;
import io.passbridge.credential.SourceAnchor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records that cannot be used. */
class UnusableRecordsTest extends FileLab {
    @Test
    void changes_badRecords_areReportedWithLineAndTheOthersGoOn() throws Exception {
        fixture.write(
                user("anna", HASH_1)
                        + "dn: uid=x,dc=example,dc=org\nthis is no line\n\n"
                        + user("y", "sambaNTPassword: no-such-hash")
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
                .noneMatch(bad -> bad.contains("no-such-hash") || bad.contains("e1NT*"));
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
}
