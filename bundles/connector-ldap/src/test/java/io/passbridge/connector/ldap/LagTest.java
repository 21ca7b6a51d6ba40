/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.listener.InMemoryDirectoryServerSnapshot;
import io.passbridge.connector.ChangePage;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.UnreadUser;
import io.passbridge.connector.Watermark;
import io.passbridge.connector.tck.SourceReader;
import io.passbridge.credential.SourceAnchor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica that lags behind must not lead anybody back to a former password. */
class LagTest {
    @TempDir Path folder;

    @Test
    void olderAnswerOfAReplica_isReadAgain_andNoNewVersion() throws Exception {
        try (InMemory ldap = new InMemory(folder, "ldap://127.0.0.1:1")) {
            SourceAnchor anna = ldap.addUser("anna");
            SourceAnchor bert = ldap.addUser("bert");
            try (Connector connector = ldap.open()) {
                PasswordSource source = connector.capability(PasswordSource.class).orElseThrow();
                new SourceReader(connector).drain(10);
                InMemoryDirectoryServerSnapshot before = ldap.server().createSnapshot();
                WholeSeconds.awaitNext();
                ldap.changePassword(anna);
                List<SourceReader.Seen> newest = new SourceReader(connector).drain(10);

                InMemoryDirectoryServerSnapshot after = ldap.server().createSnapshot();
                ldap.server().restoreSnapshot(before);
                try (ChangePage page = source.changes(Watermark.BEGINNING, 10)) {
                    assertThat(page.changes())
                            .extracting(change -> change.anchor())
                            .containsExactly(bert);
                    assertThat(page.unusable().unread())
                            .extracting(UnreadUser::anchor)
                            .containsExactly(anna);
                }
                assertThatThrownBy(() -> source.read(List.of(anna)))
                        .isInstanceOfSatisfying(
                                ConnectorException.class,
                                e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));

                ldap.server().restoreSnapshot(after);
                assertThat(new SourceReader(connector).drain(10)).isEqualTo(newest);
            }
        }
    }
}
