/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.passbridge.connector.ad.drsr.Drs;
import io.passbridge.connector.ad.drsr.Envelope;
import io.passbridge.connector.ad.drsr.ReplyWriter;
import io.passbridge.connector.ad.replication.AttributeMetadata;
import io.passbridge.connector.ad.replication.DirectoryAttribute;
import io.passbridge.connector.ad.replication.HashState;
import io.passbridge.connector.ad.replication.Hashes;
import io.passbridge.connector.ad.replication.ReplicaObject;
import io.passbridge.connector.ad.replication.ReplicaPage;
import io.passbridge.connector.ad.replication.ReplicationCursor;
import io.passbridge.connector.ad.replication.ReplicationException;
import io.passbridge.connector.ad.replication.ReplicationException.Kind;
import io.passbridge.connector.ad.replication.ReplicationSession;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HonestControllerTest {
    private static final String NC = "DC=corp,DC=example";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final byte[] HASH = HexFormat.of().parseHex("92937945b518814341de3f726500d4ff");

    @ParameterizedTest(name = "reply version {0}")
    @ValueSource(ints = {6, 9})
    void replicate_manyFragmentsWithLinks_givesObjectsInOrder(int version) throws Exception {
        byte[] reply = ControllerScripts.page(500).version(version).links(7).write(0);
        try (FakeController controller =
                        new FakeController(ControllerScripts.replying(() -> reply));
                ReplicationSession session = controller.open(TIMEOUT);
                ReplicaPage page = session.replicate(NC, ReplicationCursor.START, 1000)) {
            assertThat(page.objects()).hasSize(500);
            assertThat(page.linkedValues()).isEqualTo(7);
            assertThat(page.more()).isFalse();
            assertThat(page.next().complete()).isTrue();
            assertThat(page.next().upToDateness().usn(ReplyWriter.SOURCE)).isEqualTo(100);
            assertThat(page.objects().get(499).distinguishedName())
                    .isEqualTo("CN=user499,DC=corp,DC=example");
            assertThat(page.objects().get(499).text(DirectoryAttribute.SAM_ACCOUNT_NAME))
                    .contains("user499");
            assertThat(page.objects().get(0).number(DirectoryAttribute.USER_ACCOUNT_CONTROL))
                    .hasValue(512);
            assertThat(page.objects().get(0).sid()).contains("S-1-5-21-1-2-3-500");
        }
    }

    @Test
    void replicate_hashStates_areToldApart() throws Exception {
        FakeController.Script script =
                ControllerScripts.replying(
                        key ->
                                new ReplyWriter()
                                        .object(
                                                "CN=a",
                                                Map.of(
                                                        DirectoryAttribute.UNICODE_PWD,
                                                        Envelope.of(key, HASH)))
                                        .object(
                                                "CN=b",
                                                Map.of(DirectoryAttribute.UNICODE_PWD, new byte[0]))
                                        .object(
                                                "CN=c",
                                                Map.of(
                                                        DirectoryAttribute.UNICODE_PWD,
                                                        new byte[36]))
                                        .object(
                                                "CN=d",
                                                Map.of(
                                                        DirectoryAttribute.PWD_LAST_SET,
                                                        new byte[8]))
                                        .write(0));
        try (FakeController controller = new FakeController(script);
                ReplicationSession session = controller.open(TIMEOUT);
                ReplicaPage page = session.replicate(NC, ReplicationCursor.START, 1000)) {
            assertThat(page.objects())
                    .extracting(ReplicaObject::hashState)
                    .containsExactly(
                            HashState.PRESENT,
                            HashState.CLEARED,
                            HashState.UNREADABLE,
                            HashState.NOT_SENT);
            byte[] hash = page.objects().get(0).ntHash().orElseThrow().secret().toBytes();
            assertThat(hash).isEqualTo(HASH);
            assertThat(page.objects().get(0).metadata(DirectoryAttribute.UNICODE_PWD))
                    .contains(new AttributeMetadata(3, 13_439_723_069L, ReplyWriter.SOURCE, 3941));
            assertThat(page.objects().toString()).doesNotContain("9293");
        }
    }

    @Test
    void replicate_hashesLeftSealed_opensNone() throws Exception {
        FakeController.Script script =
                ControllerScripts.replying(
                        key ->
                                new ReplyWriter()
                                        .object(
                                                "CN=a",
                                                Map.of(
                                                        DirectoryAttribute.UNICODE_PWD,
                                                        Envelope.of(key, HASH)))
                                        .object(
                                                "CN=b",
                                                Map.of(DirectoryAttribute.UNICODE_PWD, new byte[0]))
                                        .write(0));
        try (FakeController controller = new FakeController(script);
                ReplicationSession session = controller.open(TIMEOUT);
                ReplicaPage page =
                        session.replicate(NC, ReplicationCursor.START, 1000, Hashes.SEALED)) {
            assertThat(page.objects())
                    .extracting(ReplicaObject::hashState)
                    .containsExactly(HashState.SEALED, HashState.CLEARED);
            assertThat(page.objects().get(0).ntHash()).isEmpty();
            assertThat(page.objects().get(0).carries(DirectoryAttribute.UNICODE_PWD)).isTrue();
        }
    }

    @Test
    void open_domainWithAnEpoch_bindsAgainWithIt() throws Exception {
        AtomicInteger asked = new AtomicInteger(-1);
        FakeController.Script script =
                (operation, request, key) -> {
                    // client identifier, two counts, flags, site and process stand before the epoch
                    asked.set(request[4 + 16 + 4 + 4 + 4 + 4 + 16 + 4]);
                    return ControllerScripts.bound(7);
                };
        try (FakeController controller = new FakeController(script);
                ReplicationSession session = controller.open(TIMEOUT)) {
            assertThat(controller.operations()).containsExactly(Drs.OP_BIND, Drs.OP_BIND);
            assertThat(asked).hasValue(7);
            assertThat(session.facts().replicationEpoch()).isEqualTo(7);
        }
    }

    @Test
    void replicate_epochThatChangedSinceTheBind_endsTheSession() throws Exception {
        byte[] reply = new ReplyWriter().error(8593).write(0);
        try (FakeController controller =
                        new FakeController(ControllerScripts.replying(() -> reply));
                ReplicationSession session = controller.open(TIMEOUT)) {
            ReplicationException end =
                    catchThrowableOfType(
                            ReplicationException.class,
                            () -> session.replicate(NC, ReplicationCursor.START, 1000));

            assertThat(end.kind()).isEqualTo(Kind.EPOCH_CHANGED);
            assertThat(end.kind().sessionLost()).isTrue();
        }
    }

    @Test
    void replicateObject_oneObject_givesIt() throws Exception {
        byte[] reply = ControllerScripts.page(1).write(0);
        try (FakeController controller =
                        new FakeController(ControllerScripts.replying(() -> reply));
                ReplicationSession session = controller.open(TIMEOUT);
                ReplicaObject object = session.replicateObject("CN=user0,DC=corp,DC=example")) {
            assertThat(object.text(DirectoryAttribute.SAM_ACCOUNT_NAME)).contains("user0");
        }
    }
}
