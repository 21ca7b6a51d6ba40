/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.passbridge.connector.ad.drsr.ReplyWriter;
import io.passbridge.connector.ad.replication.ReplicaPage;
import io.passbridge.connector.ad.replication.ReplicationCursor;
import io.passbridge.connector.ad.replication.ReplicationException;
import io.passbridge.connector.ad.replication.ReplicationException.Kind;
import io.passbridge.connector.ad.replication.ReplicationSession;
import io.passbridge.connector.ad.replication.ReplicationSettings;
import io.passbridge.connector.ad.rpc.ServerFragments;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hostile or broken controller, or somebody on the way to it, may try. */
class HostileControllerTest {
    private static final String NC = "DC=corp,DC=example";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int LEVEL = 1;

    private static ReplicationException reading(FakeController.Script script) throws Exception {
        return reading(script, ReplicationSettings.DEFAULTS.withTimeouts(TIMEOUT, TIMEOUT));
    }

    private static ReplicationException reading(
            FakeController.Script script, ReplicationSettings settings) throws Exception {
        try (FakeController controller = new FakeController(script)) {
            return catchThrowableOfType(
                    ReplicationException.class,
                    () -> {
                        try (ReplicationSession session = controller.open(settings)) {
                            ReplicationCursor cursor = ReplicationCursor.START;
                            for (boolean more = true; more; ) {
                                try (ReplicaPage page = session.replicate(NC, cursor, 1000)) {
                                    cursor = page.next();
                                    more = page.more();
                                }
                            }
                        }
                    });
        }
    }

    private static byte[] page() {
        return ControllerScripts.page(200).write(0);
    }

    private static byte[] edited(byte[] pdu, int at, int value) {
        byte[] copy = pdu.clone();
        copy[at < 0 ? copy.length + at : at] ^= (byte) value;
        return copy;
    }

    private static UnaryOperator<List<byte[]>> second(UnaryOperator<byte[]> change) {
        return fragments -> {
            List<byte[]> all = new ArrayList<>(fragments);
            all.set(1, change.apply(all.get(1)));
            return all;
        };
    }

    static Stream<Map.Entry<String, UnaryOperator<List<byte[]>>>> tamperings() {
        int trailer = 16 + 8;
        return Stream.of(
                Map.entry("changed signature", second(p -> edited(p, -5, 1))),
                Map.entry("changed sequence number", second(p -> edited(p, -1, 1))),
                Map.entry("changed signature version", second(p -> edited(p, -16, 1))),
                Map.entry("changed stub", second(p -> edited(p, ServerFragments.STUB + 100, 1))),
                Map.entry("changed allocation hint", second(p -> edited(p, 16, 1))),
                Map.entry("changed padding length", second(p -> edited(p, -trailer + 2, 1))),
                Map.entry("level integrity", second(p -> edited(p, -trailer + LEVEL, 6 ^ 5))),
                Map.entry("level connect", second(p -> edited(p, -trailer + LEVEL, 6 ^ 2))),
                Map.entry("other authentication type", second(p -> edited(p, -trailer, 10 ^ 9))),
                Map.entry("other security context", second(p -> edited(p, -trailer + 4, 2))),
                Map.entry("no protection", second(HostileControllerTest::unprotected)),
                Map.entry(
                        "replayed fragment",
                        fs -> Stream.of(fs.get(0), fs.get(1), fs.get(1)).toList()),
                Map.entry(
                        "left-out fragment",
                        fs -> Stream.concat(Stream.of(fs.get(0)), fs.stream().skip(2)).toList()),
                Map.entry(
                        "swapped fragments",
                        fs -> Stream.of(fs.get(0), fs.get(2), fs.get(1)).toList()));
    }

    private static byte[] unprotected(byte[] pdu) {
        byte[] bare = Arrays.copyOf(pdu, pdu.length - 24);
        bare[8] = (byte) bare.length;
        bare[9] = (byte) (bare.length >>> 8);
        bare[10] = 0;
        return bare;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tamperings")
    void replicate_fragmentNotProtectedAsAgreed_isRefused(
            Map.Entry<String, UnaryOperator<List<byte[]>>> change) throws Exception {
        ReplicationException refusal =
                reading(
                        ControllerScripts.tampering(
                                HostileControllerTest::page, change.getValue()));

        assertThat(refusal.kind()).isEqualTo(Kind.PROTECTION);
        assertThat(refusal).hasMessageContaining("nothing of it was used");
    }

    @ParameterizedTest(name = "without 0x{0}")
    @ValueSource(ints = {0x10, 0x20, 0x80000, 0x20000000, 0x40000000, 0x800000})
    void open_challengeThatWithholdsProtection_isRefused(int withheld) throws Exception {
        FakeController.Script script =
                new FakeController.Script() {
                    @Override
                    public byte[] answer(int operation, byte[] request, byte[] sessionKey) {
                        return ControllerScripts.bound(0);
                    }

                    @Override
                    public int withheldFlags() {
                        return withheld;
                    }
                };

        assertThat(reading(script).kind()).isEqualTo(Kind.PROTECTION);
    }

    @ParameterizedTest(name = "level {0}")
    @ValueSource(ints = {1, 2, 4, 5})
    void open_bindAcknowledgedWithLessProtection_isRefused(int level) throws Exception {
        FakeController.Script script =
                new FakeController.Script() {
                    @Override
                    public byte[] answer(int operation, byte[] request, byte[] sessionKey) {
                        return ControllerScripts.bound(0);
                    }

                    @Override
                    public byte[] bindAck(byte[] ack) {
                        int token = ack[10] & 0xff | (ack[11] & 0xff) << 8;
                        return edited(ack, -token - 8 + LEVEL, 6 ^ level);
                    }
                };

        assertThat(reading(script).kind()).isEqualTo(Kind.PROTECTION);
    }

    @Test
    void replicate_endlessMoreDataAtOnePlace_isEnded() throws Exception {
        byte[] same = ControllerScripts.page(2).position(50, 0, true).write(0);

        assertThat(reading(ControllerScripts.replying(() -> same)).kind())
                .isEqualTo(Kind.NO_PROGRESS);
    }

    @Test
    void replicate_endlessMoreDataThatOnlyCountsUp_isEnded() throws Exception {
        AtomicLong counter = new AtomicLong();

        ReplicationException end =
                reading(
                        ControllerScripts.replying(
                                () ->
                                        ControllerScripts.page(1)
                                                .position(50, counter.incrementAndGet(), true)
                                                .write(0)));

        assertThat(end.kind()).isEqualTo(Kind.NO_PROGRESS);
        assertThat(counter.get()).isLessThan(CycleGuard.MAX_STALLED_PAGES + 10);
    }

    @Test
    void replicate_pagesThatGoBackwards_areRefusedAsRestored() throws Exception {
        AtomicLong high = new AtomicLong(1000);

        ReplicationException end =
                reading(
                        ControllerScripts.replying(
                                () ->
                                        ControllerScripts.page(1)
                                                .position(high.addAndGet(-10), 0, true)
                                                .write(0)));

        assertThat(end.kind()).isEqualTo(Kind.CONTROLLER_RESTORED);
    }

    @Test
    void replicate_moreThanTheLimit_isRefused() throws Exception {
        byte[] large = ControllerScripts.page(2000).write(0);

        ReplicationException refusal =
                reading(
                        ControllerScripts.replying(() -> large),
                        ReplicationSettings.DEFAULTS
                                .withTimeouts(TIMEOUT, TIMEOUT)
                                .withMaxReplyBytes(100_000));

        assertThat(refusal.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(refusal).hasMessageContaining("maxReplyBytes");
    }

    static Stream<Map.Entry<String, UnaryOperator<List<byte[]>>>> lies() {
        return Stream.of(
                Map.entry("another call", second(p -> edited(p, 12, 0x40))),
                Map.entry("another presentation context", second(p -> edited(p, 20, 1))),
                Map.entry("first fragment twice", second(p -> edited(p, 3, 1))),
                Map.entry("a request", second(p -> edited(p, 2, 2))),
                Map.entry("big-endian", second(p -> edited(p, 4, 0x10))),
                Map.entry("RPC version 4", second(p -> edited(p, 0, 1))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void replicate_fragmentThatDoesNotBelongThere_isRefused(
            Map.Entry<String, UnaryOperator<List<byte[]>>> lie) throws Exception {
        ReplicationException refusal =
                reading(ControllerScripts.lying(HostileControllerTest::page, lie.getValue()));

        assertThat(refusal.kind()).isEqualTo(Kind.PROTOCOL);
    }

    @Test
    void replicate_countsThatContradictTheList_areRefused() throws Exception {
        for (int announced : List.of(0, 1, 3, 1_000_000, Integer.MAX_VALUE)) {
            byte[] reply = ControllerScripts.page(2).announcing(announced).write(0);

            assertThat(reading(ControllerScripts.replying(() -> reply)).kind())
                    .as("announcing %d", announced)
                    .isEqualTo(Kind.PROTOCOL);
        }
    }

    @Test
    void replicate_replyCutAnywhere_isRefused() throws Exception {
        byte[] whole = ControllerScripts.page(3).links(2).write(0);
        for (int length = 8; length < whole.length; length += 97) {
            byte[] cut = Arrays.copyOf(whole, length);
            Arrays.fill(cut, length - 4, length, (byte) 0);

            assertThat(reading(ControllerScripts.replying(() -> cut)).kind())
                    .as("cut at %d", length)
                    .isEqualTo(Kind.PROTOCOL);
        }
    }

    @Test
    void replicate_silentController_endsInTime() throws Exception {
        FakeController.Script silent =
                ControllerScripts.tampering(HostileControllerTest::page, f -> List.of());

        ReplicationException end =
                reading(
                        silent,
                        ReplicationSettings.DEFAULTS.withTimeouts(TIMEOUT, Duration.ofMillis(300)));

        assertThat(end.kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(end).hasMessageContaining("did not answer in time");
    }

    @Test
    void replicate_errorInsideAGoodReply_isNoEmptySuccess() throws Exception {
        byte[] reply = new ReplyWriter().error(8456).write(0);

        assertThat(reading(ControllerScripts.replying(() -> reply)).kind())
                .isEqualTo(Kind.CONTROLLER_REFUSES);
    }

    @ParameterizedTest(name = "fault 0x{0}")
    @ValueSource(ints = {5, 0x721, 0x1c01000b})
    void open_faultAtTheFirstCall_isToldAsFailedLogon(int status) throws Exception {
        FakeController.Script script =
                new FakeController.Script() {
                    @Override
                    public byte[] answer(int operation, byte[] request, byte[] sessionKey) {
                        return ControllerScripts.bound(0);
                    }

                    @Override
                    public List<byte[]> onWire(int operation, List<byte[]> fragments) {
                        return List.of(
                                ServerFragments.fault(
                                        ServerFragments.callId(fragments.get(0)), status));
                    }
                };

        ReplicationException failure = reading(script);

        assertThat(failure.kind()).isEqualTo(Kind.AUTHENTICATION);
        assertThat(failure.code()).isEqualTo(status);
        assertThat(failure).hasMessageContaining("svc-sync@corp.example");
    }

    @Test
    void cancel_fromAnotherThread_endsTheCall() throws Exception {
        FakeController.Script silent =
                ControllerScripts.tampering(HostileControllerTest::page, f -> List.of());
        try (FakeController controller = new FakeController(silent);
                ReplicationSession session = controller.open(TIMEOUT)) {
            Thread canceller =
                    new Thread(
                            () -> {
                                org.awaitility.Awaitility.await()
                                        .until(() -> controller.operations().size() == 2);
                                session.cancel();
                            });
            canceller.start();

            ReplicationException end =
                    catchThrowableOfType(
                            ReplicationException.class,
                            () -> session.replicate(NC, ReplicationCursor.START, 1000));

            canceller.join();
            assertThat(end.kind()).isEqualTo(Kind.CONNECTION_LOST);
        }
    }

    @Test
    void open_nobodyListening_isUnreachable() throws Exception {
        FakeController gone = new FakeController((operation, request, key) -> new byte[0]);
        gone.close();

        ReplicationException failure =
                catchThrowableOfType(
                        ReplicationException.class, () -> gone.open(Duration.ofSeconds(1)).close());

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.getCause()).isInstanceOf(IOException.class);
    }
}
