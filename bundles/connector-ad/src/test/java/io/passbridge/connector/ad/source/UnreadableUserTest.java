/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.UnreadUser;
import io.passbridge.connector.ad.replication.HashState;
import io.passbridge.connector.ad.replication.Hashes;
import io.passbridge.connector.ad.replication.ReplicaObject;
import io.passbridge.connector.ad.replication.ReplicationCursor;
import io.passbridge.connector.ad.replication.ReplicationException;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.CredentialChange;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody whose hash does not open is owed, not taken for somebody without a password. */
class UnreadableUserTest {
    private static final String UNIT = "OU=Zürich,DC=corp,DC=example";

    @TempDir private Path folder;

    private ScriptedDomain domain;
    private ScriptedSession session;

    @BeforeEach
    void open() throws Exception {
        domain = new ScriptedDomain(folder);
        session = domain.session;
    }

    @AfterEach
    void close() {
        domain.close();
    }

    @Test
    void fullRun_oneHashThatDoesNotOpen_bringsTheOthers_andOwesTheOne() throws Exception {
        session.user("anna", HashState.PRESENT);
        session.user("bert", HashState.UNREADABLE);
        session.user("carl", HashState.PRESENT);
        try (ChangeRun run = domain.run(AdWatermark.START);
                ChangePage page = run.next(100)) {
            assertThat(page.changes())
                    .extracting(CredentialChange::anchor)
                    .extracting(Object::toString)
                    .hasSize(2);
            assertThat(page.more()).isFalse();
            assertThat(page.unusable().unread())
                    .singleElement()
                    .satisfies(
                            unread -> {
                                assertThat(unread.anchor().value())
                                        .isEqualTo(ScriptedSession.guid("bert"));
                                assertThat(unread.reason())
                                        .isEqualTo(
                                                "the password hash of"
                                                        + " 'CN=bert,DC=corp,DC=example' cannot be"
                                                        + " decrypted");
                            });
        }
    }

    @Test
    void fullRun_hashThatOpensAtTheSecondReading_isTaken() throws Exception {
        session.user("anna", HashState.UNREADABLE);
        session.afterwards("anna", HashState.PRESENT);
        try (ChangeRun run = domain.run(AdWatermark.START);
                ChangePage page = run.next(100)) {
            assertThat(page.unusable().unread()).isEmpty();
            assertThat(page.changes().get(0).credential()).isPresent();
        }
    }

    @Test
    void delta_leavesTheHashesOfThePageSealed_andOpensThoseOfTheUsers() throws Exception {
        session.user("anna", HashState.PRESENT);
        AdWatermark later =
                new AdWatermark(
                        Optional.of(ReplicationCursor.START),
                        FileTime.of(domain.context.clock().instant()),
                        0,
                        0);
        try (ChangeRun run = domain.run(later);
                ChangePage page = run.next(100)) {
            assertThat(session.asked).containsExactly(Hashes.SEALED);
            assertThat(page.changes().get(0).credential()).isPresent();
        }
    }

    @Test
    void manyInARow_areTheControllersFault() throws Exception {
        for (int i = 0; i < 21; i++) {
            session.user("user" + i, HashState.UNREADABLE);
        }
        try (ChangeRun run = domain.run(AdWatermark.START)) {
            ReplicationException failure =
                    catchThrowableOfType(ReplicationException.class, () -> run.next(100));
            assertThat(failure.kind()).isEqualTo(ReplicationException.Kind.PROTOCOL);
            assertThat(failure).hasMessageContaining("21 users in a row cannot be read");
        }
    }

    @Test
    void nameThatIsNoDistinguishedName_saysNothingAboutTheScope() throws Exception {
        Scope unit = Scope.of(domain.settings.people().objectTypes(), List.of(UNIT));
        UserReading reading = new UserReading(unit, new UserStates(0), 0);
        try (ReplicaObject inside = session.object("anna", "CN=anna," + UNIT, HashState.NOT_SENT);
                ReplicaObject odd = session.object("bert", "no name", HashState.NOT_SENT)) {
            assertThat(reading.ofFullRun(inside).orElseThrow().state().has(Flag.OUT_OF_SCOPE))
                    .isFalse();
            UnreadUser owed =
                    catchThrowableOfType(
                                    UnreadableUserException.class, () -> reading.ofFullRun(odd))
                            .user();
            assertThat(owed.reason()).contains("'no name' is no distinguished name");
        }
    }
}
