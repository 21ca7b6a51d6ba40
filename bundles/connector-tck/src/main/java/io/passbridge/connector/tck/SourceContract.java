/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.Watermark;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.NtHash;
import io.passbridge.credential.Secret;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.credential.SourceCredential;
import io.passbridge.credential.UserPassword;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every source keeps to: see {@link PasswordSource}. */
public abstract class SourceContract extends LifecycleContract {
    @Override
    protected abstract SourceHarness harness(Path folder) throws Exception;

    @Test
    void changes_fromBeginning_bringEveryUserOnceWithItsCredential(@TempDir Path folder)
            throws Exception {
        try (SourceHarness harness = harness(folder)) {
            List<SourceAnchor> users = add(harness, 7);
            try (Connector connector = harness.open()) {
                SourceReader reader = new SourceReader(connector);
                List<SourceReader.Seen> seen = reader.drain(100);
                assertThat(seen)
                        .extracting(SourceReader.Seen::anchor)
                        .containsAll(users)
                        .doesNotHaveDuplicates();
                assertThat(seen)
                        .filteredOn(one -> users.contains(one.anchor()))
                        .allMatch(SourceReader.Seen::hasCredential)
                        .allMatch(one -> one.state().mayStillSignIn());
            }
        }
    }

    @Test
    void changes_areNeverMoreThanAskedFor_andTheLastPageIsDurable(@TempDir Path folder)
            throws Exception {
        try (SourceHarness harness = harness(folder)) {
            List<SourceAnchor> users = add(harness, 7);
            try (Connector connector = harness.open()) {
                PasswordSource source = source(connector);
                List<SourceAnchor> seen = new ArrayList<>();
                Watermark at = Watermark.BEGINNING;
                boolean more = true;
                for (int pages = 0; more; pages++) {
                    assertThat(pages).as("pages come to an end").isLessThan(1_000);
                    try (ChangePage page = source.changes(at, 2)) {
                        assertThat(page.changes().size()).isLessThanOrEqualTo(2);
                        assertThat(page.more() || page.durable()).isTrue();
                        page.changes().forEach(change -> seen.add(change.anchor()));
                        at = page.next();
                        more = page.more();
                    }
                }
                assertThat(at.isBeginning()).isFalse();
                assertThat(seen).containsAll(users);
            }
        }
    }

    @Test
    void changes_whenNothingChanged_areNone(@TempDir Path folder) throws Exception {
        try (SourceHarness harness = harness(folder)) {
            add(harness, 2);
            try (Connector connector = harness.open()) {
                SourceReader reader = new SourceReader(connector);
                reader.drain(100);
                assertThat(reader.drain(100)).isEmpty();
                assertThat(reader.drain(100)).isEmpty();
            }
        }
    }

    @Test
    void changes_afterAPasswordChange_bringThatUserWithANewerVersion(@TempDir Path folder)
            throws Exception {
        try (SourceHarness harness = harness(folder)) {
            List<SourceAnchor> users = add(harness, 3);
            try (Connector connector = harness.open()) {
                SourceReader reader = new SourceReader(connector);
                SourceReader.Seen before = find(reader.drain(100), users.get(1));
                harness.changePassword(users.get(1));
                SourceReader.Seen after = find(reader.drain(100), users.get(1));
                assertThat(after.version()).isNotEqualTo(before.version());
                assertThat(after).matches(seen -> notOlder(connector, seen, before));
                assertThat(after.hasCredential()).isTrue();
                assertThat(after.digest()).as("another credential").isNotEqualTo(before.digest());
            }
        }
    }

    /** The versions of a source that never lags behind say what is another one, not an order. */
    private static boolean notOlder(
            Connector connector, SourceReader.Seen after, SourceReader.Seen before) {
        return !connector.capability(PasswordSource.class).orElseThrow().mayLag()
                || after.version().compareTo(before.version()) >= 0;
    }

    @Test
    void changes_afterDisabling_bringThatUserWithTheFlag(@TempDir Path folder) throws Exception {
        try (SourceHarness harness = harness(folder)) {
            List<SourceAnchor> users = add(harness, 3);
            try (Connector connector = harness.open()) {
                SourceReader reader = new SourceReader(connector);
                SourceReader.Seen before = find(reader.drain(100), users.get(0));
                harness.disable(users.get(0));
                SourceReader.Seen after = find(reader.drain(100), users.get(0));
                assertThat(after.state().has(AccountState.Flag.DISABLED)).isTrue();
                assertThat(after).matches(seen -> notOlder(connector, seen, before));
            }
        }
    }

    @Test
    void changes_afterDeletion_bringThatUserAsDeletedWithoutACredential(@TempDir Path folder)
            throws Exception {
        try (SourceHarness harness = harness(folder)) {
            List<SourceAnchor> users = add(harness, 3);
            try (Connector connector = harness.open()) {
                SourceReader reader = new SourceReader(connector);
                SourceReader.Seen before = find(reader.drain(100), users.get(2));
                harness.delete(users.get(2));
                SourceReader.Seen after = find(reader.drain(100), users.get(2));
                assertThat(after.state().has(AccountState.Flag.DELETED)).isTrue();
                assertThat(after.hasCredential()).isFalse();
                assertThat(after).matches(seen -> notOlder(connector, seen, before));
            }
        }
    }

    @Test
    void changes_fromADurableWatermark_goOnOverANewConnector(@TempDir Path folder)
            throws Exception {
        try (SourceHarness harness = harness(folder)) {
            List<SourceAnchor> users = add(harness, 3);
            Watermark at;
            try (Connector connector = harness.open()) {
                SourceReader reader = new SourceReader(connector);
                reader.drain(100);
                at = reader.watermark();
            }
            harness.changePassword(users.get(0));
            try (Connector connector = harness.open()) {
                SourceReader reader = new SourceReader(connector, at);
                assertThat(reader.drain(100))
                        .extracting(SourceReader.Seen::anchor)
                        .contains(users.get(0));
            }
        }
    }

    @Test
    void changes_askedForTwice_bringTheSameVersions(@TempDir Path folder) throws Exception {
        try (SourceHarness harness = harness(folder)) {
            add(harness, 5);
            try (Connector connector = harness.open()) {
                assertThat(new SourceReader(connector).drain(2))
                        .isEqualTo(new SourceReader(connector).drain(3));
            }
        }
    }

    @Test
    void read_givesOneAnswerForEachAnchorInTheVersionOfThePages(@TempDir Path folder)
            throws Exception {
        try (SourceHarness harness = harness(folder)) {
            List<SourceAnchor> users = add(harness, 3);
            harness.changePassword(users.get(1));
            try (Connector connector = harness.open()) {
                List<SourceReader.Seen> paged = new SourceReader(connector).drain(100);
                SourceAnchor nobody = new SourceAnchor("00000000-dead-beef-0000-000000000000");
                List<SourceAnchor> asked = new ArrayList<>(users);
                asked.add(nobody);
                List<SourceReader.Seen> read = SourceReader.seen(source(connector).read(asked));
                assertThat(read)
                        .extracting(SourceReader.Seen::anchor)
                        .containsExactlyInAnyOrderElementsOf(asked);
                for (SourceAnchor user : users) {
                    assertThat(find(read, user)).isEqualTo(find(paged, user));
                }
                SourceReader.Seen gone = find(read, nobody);
                assertThat(
                                gone.state().has(AccountState.Flag.DELETED)
                                        || gone.state().has(AccountState.Flag.OUT_OF_SCOPE))
                        .isTrue();
                assertThat(gone.hasCredential()).isFalse();
            }
        }
    }

    @Test
    void changes_fromAForeignWatermark_areRefused(@TempDir Path folder) throws Exception {
        try (SourceHarness harness = harness(folder)) {
            add(harness, 1);
            try (Connector connector = harness.open()) {
                Watermark foreign =
                        Watermark.of("of another kind".getBytes(StandardCharsets.UTF_8));
                assertThatThrownBy(() -> source(connector).changes(foreign, 10))
                        .isInstanceOfSatisfying(
                                ConnectorException.class,
                                refused ->
                                        assertThat(refused.kind())
                                                .isEqualTo(
                                                        ConnectorException.Kind.WATERMARK_EXPIRED));
            }
        }
    }

    @Test
    void page_closed_isWiped(@TempDir Path folder) throws Exception {
        try (SourceHarness harness = harness(folder)) {
            add(harness, 1);
            try (Connector connector = harness.open()) {
                ChangePage page = source(connector).changes(Watermark.BEGINNING, 100);
                List<Secret> secrets =
                        page.changes().stream()
                                .flatMap(change -> change.credential().stream())
                                .map(SourceContract::secret)
                                .toList();
                assertThat(secrets).isNotEmpty();
                page.close();
                assertThat(secrets)
                        .allSatisfy(
                                secret ->
                                        assertThatThrownBy(secret::length)
                                                .isInstanceOf(IllegalStateException.class));
            }
        }
    }

    @Test
    void calls_toAnUnreachableSystem_failAndAreNeverEmpty(@TempDir Path folder) throws Exception {
        try (SourceHarness harness = harness(folder)) {
            List<SourceAnchor> users = add(harness, 1);
            try (Connector connector = harness.open()) {
                harness.breakConnection();
                assertThatThrownBy(() -> source(connector).changes(Watermark.BEGINNING, 10))
                        .isInstanceOf(ConnectorException.class);
                assertThatThrownBy(() -> source(connector).read(users))
                        .isInstanceOf(ConnectorException.class);
            }
        }
    }

    @Test
    void calls_afterClose_failWithAConnectorException(@TempDir Path folder) throws Exception {
        try (SourceHarness harness = harness(folder)) {
            add(harness, 1);
            Connector connector = harness.open();
            PasswordSource source = source(connector);
            connector.close();
            assertThatThrownBy(() -> source.changes(Watermark.BEGINNING, 10))
                    .isInstanceOf(ConnectorException.class);
        }
    }

    private static List<SourceAnchor> add(SourceHarness harness, int count) throws Exception {
        List<SourceAnchor> users = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            users.add(harness.addUser("user" + i));
        }
        return users;
    }

    private static PasswordSource source(Connector connector) {
        return connector.capability(PasswordSource.class).orElseThrow();
    }

    private static SourceReader.Seen find(List<SourceReader.Seen> seen, SourceAnchor user) {
        return seen.stream()
                .filter(one -> one.anchor().equals(user))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("user " + user + " did not come"));
    }

    private static Secret secret(SourceCredential credential) {
        return credential instanceof NtHash hash
                ? hash.secret()
                : ((UserPassword) credential).value();
    }
}
