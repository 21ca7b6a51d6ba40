/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.passbridge.connector.ChangeSignal;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.tck.SourceReader;
import io.passbridge.connector.tck.SourceReader.Seen;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.itests.lab.Directory389Lab;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The retro changelog of a real 389 Directory Server: chosen, trimmed, hidden, without names. */
@OnDirectory389
class Directory389RetroLiveTest {
    private static final String CHANGELOG = "cn=changelog";

    @RegisterExtension
    static final Started<Directory389Lab> LAB =
            Started.by(() -> Directory389Lab.startWithRetroChangelog(false));

    @TempDir Path folder;
    private LiveDirectory ldap;

    private void branch(String... parameters) throws Exception {
        ldap = new LiveDirectory(LAB.get(), folder, parameters);
    }

    @AfterEach
    void close() throws Exception {
        ldap.close();
    }

    private static List<SourceAnchor> anchors(List<Seen> seen) {
        return seen.stream().map(Seen::anchor).toList();
    }

    @Test
    void changelogWithoutIdentifiers_isReadByName_andByListing() throws Exception {
        branch();
        SourceAnchor anna = ldap.addUser("anna");
        SourceAnchor bert = ldap.addUser("bert");
        SourceAnchor carl = ldap.addUser("carl");
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            assertThat(reader.drain(10)).hasSize(3);
            ldap.replace("anna", "mail", "new@example.org");
            assertThat(anchors(reader.drain(10))).containsExactly(anna);
            ldap.admin().modifyDN(ldap.dn("bert"), "uid=berta", true);
            ldap.admin().delete(ldap.dn("carl"));
            List<Seen> seen = reader.drain(10);
            assertThat(anchors(seen)).containsExactlyInAnyOrder(bert, carl);
            assertThat(seen)
                    .filteredOn(one -> one.state().has(Flag.DELETED))
                    .extracting(Seen::anchor)
                    .containsExactly(carl);
        }
    }

    @Test
    void changelogThatWasTrimmed_leadsToOneFullRead() throws Exception {
        branch();
        ldap.addUser("anna");
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            reader.drain(10);
            SourceAnchor bert = ldap.addUser("bert");
            for (SearchResultEntry change :
                    ldap.admin()
                            .search(CHANGELOG, SearchScope.ONE, "(changeType=*)", "changeNumber")
                            .getSearchEntries()) {
                ldap.admin().delete(change.getDN());
            }
            LAB.get().restart();
            ldap.changePassword(bert);
            assertThatThrownBy(() -> reader.drain(10))
                    .hasMessageContaining("was to come next")
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.WATERMARK_EXPIRED));
            SourceReader again = new SourceReader(connector);
            assertThat(again.drain(10)).hasSize(2);
            ldap.changePassword(bert);
            assertThat(anchors(again.drain(10))).containsExactly(bert);
        }
    }

    @Test
    void changelogThatIsHidden_isAFailure_andNeverNoChange() throws Exception {
        branch("strategy", "retro-changelog");
        SourceAnchor anna = ldap.addUser("anna");
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            reader.drain(10);
            ldap.changePassword(anna);
            ldap.context().withAccount(Directory389Lab.WRITER, Directory389Lab.WRITER_PASSWORD);
            try (Connector other = ldap.open()) {
                assertThatThrownBy(() -> new SourceReader(other, reader.watermark()).drain(10))
                        .isInstanceOfSatisfying(
                                ConnectorException.class,
                                e -> assertThat(e.kind()).isEqualTo(Kind.PERMISSION));
            }
            ldap.context().withAccount(Directory389Lab.SYNC, Directory389Lab.SYNC_PASSWORD);
            assertThat(anchors(reader.drain(10))).containsExactly(anna);
        }
    }

    @Test
    void change_isSignalledAtOnce() throws Exception {
        branch("pollSeconds", "3600");
        SourceAnchor anna = ldap.addUser("anna");
        try (Connector connector = ldap.open()) {
            SourceReader reader = new SourceReader(connector);
            reader.drain(10);
            AtomicInteger signals = new AtomicInteger();
            try (ChangeSignal.Subscription listening =
                    connector
                            .capability(ChangeSignal.class)
                            .orElseThrow()
                            .subscribe(signals::incrementAndGet)) {
                // one by the clock, one when it begins to listen
                await().atMost(Duration.ofSeconds(10)).until(() -> signals.get() >= 2);
                int before = signals.get();
                ldap.changePassword(anna);
                await().atMost(Duration.ofSeconds(5)).until(() -> signals.get() > before);
            }
        }
    }
}
