/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ad.FixedPolicy;
import io.passbridge.connector.ad.legacy.LegacyPrimitives;
import io.passbridge.connector.ad.replication.CrackedName;
import io.passbridge.connector.ad.replication.DirectoryAttribute;
import io.passbridge.connector.ad.replication.DomainControllerInfo;
import io.passbridge.connector.ad.replication.NameFormat;
import io.passbridge.connector.ad.replication.ReplicaObject;
import io.passbridge.connector.ad.replication.ReplicaPage;
import io.passbridge.connector.ad.replication.ReplicationCursor;
import io.passbridge.connector.ad.replication.ReplicationSession;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real sessions with Samba 4.17, played from their recordings through the whole client. */
class RecordedSessionTest {
    private static final String NC = "DC=corp,DC=example";
    private static final Map<String, String> PASSWORDS =
            Map.of(
                    "alice", "Passw0rd-Alice",
                    "carla", "Pä$$wörd-日本",
                    "svc-sync", Recording.PASSWORD,
                    "svc-plain", "Svc-Plain-Passw0rd!",
                    "Administrator", "Adm1n-Passw0rd!");

    static Stream<String> recordings() {
        return Recording.NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void everyCall_ofARecordedSession_givesWhatTheDomainHeld(String name) throws Exception {
        LegacyPrimitives legacy = new LegacyPrimitives(FixedPolicy.permitting());
        Recording recording = Recording.load(name);
        try (ReplicationSession session = recording.open(name)) {
            assertThat(session.facts().headerSigning()).isEqualTo(name.endsWith("headers"));
            assertThat(session.domainControllers("corp.example"))
                    .extracting(DomainControllerInfo::dnsHostName, DomainControllerInfo::primary)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("dc1.corp.example", true));
            assertThat(
                            session.crackNames(
                                    NameFormat.NT4_ACCOUNT,
                                    NameFormat.GUID,
                                    List.of("CORP\\alice", "CORP\\nobody")))
                    .extracting(CrackedName::found)
                    .containsExactly(true, false);
            Map<String, byte[]> hashes = new HashMap<>();
            ReplicationCursor cursor = ReplicationCursor.START;
            int pages = 0;
            for (boolean more = true; more; pages++) {
                try (ReplicaPage page = session.replicate(NC, cursor, 100)) {
                    page.objects().forEach(object -> collect(object, hashes));
                    cursor = page.next();
                    more = page.more();
                }
            }
            assertThat(pages).isEqualTo(3);
            PASSWORDS.forEach(
                    (user, password) ->
                            assertThat(hashes.get(user))
                                    .as(user)
                                    .isEqualTo(
                                            legacy.md4(
                                                    password.getBytes(StandardCharsets.UTF_16LE))));
            assertThat(ReplicationCursor.parse(cursor.toBytes())).isEqualTo(cursor);
            try (ReplicaPage delta = session.replicate(NC, cursor, 100)) {
                assertThat(delta.objects()).isEmpty();
                assertThat(delta.next().complete()).isTrue();
            }
            try (ReplicaObject alice =
                    session.replicateObject("CN=alice,OU=People,DC=corp,DC=example")) {
                // user, the structural class
                assertThat(alice.objectClasses()).first().isEqualTo("1.2.840.113556.1.5.9");
                assertThat(alice.number(DirectoryAttribute.USER_ACCOUNT_CONTROL)).hasValue(512);
                assertThat(alice.metadata(DirectoryAttribute.UNICODE_PWD).orElseThrow().version())
                        .isEqualTo(2);
            }
        }
    }

    private static void collect(ReplicaObject object, Map<String, byte[]> hashes) {
        object.ntHash()
                .ifPresent(
                        hash ->
                                hashes.put(
                                        object.text(DirectoryAttribute.SAM_ACCOUNT_NAME)
                                                .orElseThrow(),
                                        hash.secret().toBytes()));
    }
}
