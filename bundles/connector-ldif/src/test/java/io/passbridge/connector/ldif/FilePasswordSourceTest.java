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
import io.passbridge.connector.Watermark;
import io.passbridge.connector.ldif.LdifFixture.Seen;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.SourceAnchor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is read from a file, from where on, and at which version. */
class FilePasswordSourceTest extends FileLab {
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
