/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Entry;
import io.passbridge.connector.Connector;
import io.passbridge.connector.tck.SourceContract;
import io.passbridge.connector.tck.SourceHarness;
import io.passbridge.connector.tck.SourceReader;
import io.passbridge.connector.tck.SourceReader.Seen;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.health.Finding;
import io.passbridge.itests.lab.Directory389Lab;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The contract of sources over 389 Directory Server and content synchronisation. */
@OnDirectory389
class Directory389RetroSourceLiveTest extends SourceContract {
    @RegisterExtension
    static final Started<Directory389Lab> LAB =
            Started.by(() -> Directory389Lab.startWithRetroChangelog(true));

    @Override
    protected SourceHarness harness(Path folder) throws Exception {
        return new LiveDirectory(LAB.get(), folder);
    }

    private static List<SourceAnchor> anchors(List<Seen> seen) {
        return seen.stream().map(Seen::anchor).toList();
    }

    @Test
    void retroChangelog_isChosen_andChangesMovesAndDeletionsCome_andNothingElse(
            @TempDir Path folder) throws Exception {
        try (LiveDirectory ldap = new LiveDirectory(LAB.get(), folder)) {
            retro(ldap);
        }
    }

    private static void retro(LiveDirectory ldap) throws Exception {
        SourceAnchor anna = ldap.addUser("anna");
        SourceAnchor bert = ldap.addUser("bert");
        SourceAnchor carl = ldap.addUser("carl");
        try (Connector connector = ldap.open()) {
            assertThat(connector.test())
                    .extracting(Finding::text)
                    .anyMatch(text -> text.startsWith("changes are found by retro-changelog"));
            SourceReader reader = new SourceReader(connector);
            assertThat(anchors(reader.drain(2))).containsExactlyInAnyOrder(anna, bert, carl);
            assertThat(text(reader)).contains("retro-changelog");
            ldap.admin()
                    .add(
                            new Entry(
                                    "dn: cn=printers," + ldap.branch(),
                                    "objectClass: groupOfNames",
                                    "cn: printers"));
            assertThat(reader.drain(2)).isEmpty();
            ldap.changePassword(anna);
            ldap.admin().modifyDN(ldap.dn("bert"), "uid=berta", true);
            ldap.delete(carl);
            List<Seen> seen = reader.drain(2);
            assertThat(anchors(seen)).containsExactlyInAnyOrder(anna, bert, carl);
            assertThat(seen)
                    .filteredOn(one -> one.state().has(Flag.DELETED))
                    .extracting(Seen::anchor)
                    .containsExactly(carl);
            ldap.admin()
                    .modifyDN(
                            "uid=berta," + ldap.branch(),
                            "uid=berta",
                            true,
                            "ou=elsewhere,dc=example,dc=org");
            assertThat(reader.drain(2))
                    .singleElement()
                    .satisfies(one -> assertThat(one.state().has(Flag.OUT_OF_SCOPE)).isTrue());
        }
    }

    private static String text(SourceReader reader) {
        return new String(reader.watermark().toBytes(), StandardCharsets.US_ASCII);
    }
}
