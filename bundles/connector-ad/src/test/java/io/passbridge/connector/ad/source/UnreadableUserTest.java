/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import io.passbridge.connector.ChangePage;
import io.passbridge.connector.UnreadUser;
import io.passbridge.connector.ad.replication.CrackedName;
import io.passbridge.connector.ad.replication.DirectoryAttribute;
import io.passbridge.connector.ad.replication.DomainControllerInfo;
import io.passbridge.connector.ad.replication.HashState;
import io.passbridge.connector.ad.replication.Hashes;
import io.passbridge.connector.ad.replication.NameFormat;
import io.passbridge.connector.ad.replication.ReplicaObject;
import io.passbridge.connector.ad.replication.ReplicaPage;
import io.passbridge.connector.ad.replication.ReplicationCursor;
import io.passbridge.connector.ad.replication.ReplicationEndpoint;
import io.passbridge.connector.ad.replication.ReplicationException;
import io.passbridge.connector.ad.replication.ReplicationSession;
import io.passbridge.connector.ad.replication.SessionFacts;
import io.passbridge.connector.tck.TestContext;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.NtHash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody whose hash does not open is owed, not taken for somebody without a password. */
class UnreadableUserTest {
    private static final ReplicationEndpoint ENDPOINT =
            new ReplicationEndpoint("dc1.corp.example", "127.0.0.1", 135, 0);
    private static final String USER = "1.2.840.113556.1.5.9";
    private static final String UNIT = "OU=Zürich,DC=corp,DC=example";

    @TempDir private Path folder;

    private final ScriptedSession session = new ScriptedSession();
    private InMemoryDirectoryServer ldap;
    private Controller controller;
    private TestContext context;
    private AdSettings settings;

    @BeforeEach
    void open() throws Exception {
        InMemoryDirectoryServerConfig config =
                new InMemoryDirectoryServerConfig("DC=corp,DC=example");
        config.setSchema(null);
        ldap = new InMemoryDirectoryServer(config);
        ldap.startListening();
        ldap.add("dn: DC=corp,DC=example", "objectClass: top", "objectClass: domain", "dc: corp");
        context = Domain.context(Map.of("domain", "corp.example"), folder);
        settings = AdSettings.of(context.configuration());
        controller = new Controller(ENDPOINT, ldap.getConnection(), session, settings);
    }

    @AfterEach
    void close() {
        controller.close();
        ldap.shutDown(true);
        context.close();
    }

    @Test
    void fullRun_oneHashThatDoesNotOpen_bringsTheOthers_andOwesTheOne() throws Exception {
        session.user("anna", HashState.PRESENT);
        session.user("bert", HashState.UNREADABLE);
        session.user("carl", HashState.PRESENT);
        try (ChangeRun run = run(AdWatermark.START);
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
                                assertThat(unread.anchor().value()).isEqualTo(session.guid("bert"));
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
        try (ChangeRun run = run(AdWatermark.START);
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
                        FileTime.of(context.clock().instant()),
                        0,
                        0);
        try (ChangeRun run = run(later);
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
        try (ChangeRun run = run(AdWatermark.START)) {
            ReplicationException failure =
                    catchThrowableOfType(ReplicationException.class, () -> run.next(100));
            assertThat(failure.kind()).isEqualTo(ReplicationException.Kind.PROTOCOL);
            assertThat(failure).hasMessageContaining("21 users in a row cannot be read");
        }
    }

    @Test
    void nameThatIsNoDistinguishedName_saysNothingAboutTheScope() throws Exception {
        Scope unit = Scope.of(settings.objectTypes(), List.of(UNIT));
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

    private ChangeRun run(AdWatermark from) throws Exception {
        return new ChangeRun(1, from, controller, settings, context);
    }

    /** A controller with a few users; what each says of a hash may change at the second look. */
    private static final class ScriptedSession implements ReplicationSession {
        private final Map<String, HashState> users = new LinkedHashMap<>();
        private final Map<String, HashState> second = new LinkedHashMap<>();
        private final List<Hashes> asked = new ArrayList<>();

        void user(String name, HashState state) {
            users.put(name, state);
        }

        void afterwards(String name, HashState state) {
            second.put(name, state);
        }

        String guid(String name) {
            return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
        }

        ReplicaObject object(String name, String place, HashState state) {
            return new ReplicaObject(
                    UUID.fromString(guid(name)),
                    place,
                    Optional.of("S-1-5-21-1-2-3-1000"),
                    false,
                    new java.util.EnumMap<>(
                            Map.of(
                                    DirectoryAttribute.SAM_ACCOUNT_NAME,
                                    List.of(name.getBytes(StandardCharsets.UTF_16LE)),
                                    DirectoryAttribute.USER_ACCOUNT_CONTROL,
                                    List.of(new byte[] {0, 2, 1, 0}))),
                    Map.of(),
                    List.of(USER),
                    state,
                    state == HashState.PRESENT
                            ? Optional.of(NtHash.owning(new byte[NtHash.LENGTH]))
                            : Optional.empty());
        }

        @Override
        public ReplicaPage replicate(
                String namingContext, ReplicationCursor cursor, int maxObjects, Hashes hashes) {
            asked.add(hashes);
            List<ReplicaObject> objects = new ArrayList<>();
            users.forEach(
                    (name, state) ->
                            objects.add(
                                    object(
                                            name,
                                            "CN=" + name + ",DC=corp,DC=example",
                                            hashes == Hashes.SEALED ? HashState.SEALED : state)));
            return new ReplicaPage(objects, ReplicationCursor.START, false, new UUID(0, 0), 0);
        }

        @Override
        public ReplicaObject replicateObject(UUID guid) {
            String name =
                    users.keySet().stream()
                            .filter(n -> guid(n).equals(guid.toString()))
                            .findFirst()
                            .orElseThrow();
            return object(
                    name,
                    "CN=" + name + ",DC=corp,DC=example",
                    second.getOrDefault(name, users.get(name)));
        }

        @Override
        public ReplicaObject replicateObject(String distinguishedName) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SessionFacts facts() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<DomainControllerInfo> domainControllers(String dnsDomain) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<CrackedName> crackNames(
                NameFormat offered, NameFormat wanted, List<String> names) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void cancel() {}

        @Override
        public void close() {}
    }
}
