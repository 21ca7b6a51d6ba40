/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.passbridge.credential.Secret;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a key distribution centre may answer, over a real connection. */
class ControllerTicketsTest {
    private static final ServiceTicket FROM_ELSEWHERE =
            new ServiceTicket(new byte[1], 17, new byte[16], "CORP.EXAMPLE", 1, List.of("svc"));

    private ServerSocket centre;

    @BeforeEach
    void listen() throws IOException {
        centre = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        centre.close();
    }

    @Test
    void centreThatCannotBeReached_leavesItToTheOther() throws Exception {
        InetSocketAddress nobody = address();
        centre.close();

        assertThat(tickets(request -> FROM_ELSEWHERE).obtain(request(nobody)))
                .isSameAs(FROM_ELSEWHERE);
    }

    @Test
    void neitherCentre_namesBothReasons() throws Exception {
        InetSocketAddress nobody = address();
        centre.close();
        TicketSource other =
                request -> {
                    throw new TicketException("krb5.conf names none", -1);
                };

        assertThatThrownBy(() -> tickets(other).obtain(request(nobody)))
                .isInstanceOf(TicketException.class)
                .hasMessageContaining(nobody.toString())
                .hasMessageContaining("refused")
                .hasMessageContaining("krb5.conf names none");
    }

    @Test
    void otherRealm_leavesItToTheOther() throws Exception {
        answer(error(68));

        assertThat(tickets(request -> FROM_ELSEWHERE).obtain(request(address())))
                .isSameAs(FROM_ELSEWHERE);
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 18, 24})
    void centreThatSpeaksOfTheAccount_isTakenAtItsWord(int code) {
        answer(error(code));

        TicketException refusal =
                catchThrowableOfType(
                        TicketException.class,
                        () -> tickets(request -> FROM_ELSEWHERE).obtain(request(address())));
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.accountRefused()).isTrue();
    }

    @Test
    void accountWithoutAesKeys_isToldWhatToDo() {
        answer(error(25));

        assertThatThrownBy(() -> tickets(request -> FROM_ELSEWHERE).obtain(request(address())))
                .hasMessageContaining("offers no AES key for svc@CORP.EXAMPLE")
                .hasMessageContaining("msDS-SupportedEncryptionTypes");
    }

    @Test
    void answerThatIsTooLong_orEndsTooSoon_isRefused() {
        answer(ByteBuffer.allocate(4).putInt(1 << 30).array());
        assertThatThrownBy(() -> ask(Duration.ofSeconds(10)))
                .hasMessageContaining("an answer of 1073741824 bytes is announced");

        answer(ByteBuffer.allocate(6).putInt(100).array());
        assertThatThrownBy(() -> ask(Duration.ofSeconds(10)))
                .hasMessageContaining("closed within the answer");
    }

    @Test
    void silence_ends() {
        assertThatThrownBy(() -> ask(Duration.ofMillis(200)))
                .isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void iterationsThatWouldKeepACoreBusy_areRefused() {
        try (Secret password = Secret.ofChars("secret".toCharArray())) {
            assertThatThrownBy(
                            () -> LongTermKey.ofPassword(password, 18, new byte[4], 2_000_000_000))
                    .hasMessageContaining("2000000000 iterations");
        }
    }

    private byte[] ask(Duration timeout) throws IOException {
        return new KdcConnection(address(), timeout).ask(new byte[10]);
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), centre.getLocalPort());
    }

    private static ControllerTickets tickets(TicketSource other) {
        return new ControllerTickets(other, new SecureRandom(), Clock.systemUTC());
    }

    private static TicketRequest request(InetSocketAddress controller) {
        return new TicketRequest(
                "svc",
                "CORP.EXAMPLE",
                List.of("ldap/dc1.corp.example"),
                Optional.of(Secret.ofChars("secret".toCharArray())),
                Optional.empty(),
                controller,
                Duration.ofSeconds(10));
    }

    /** A KRB-ERROR as it stands on the wire. */
    private static byte[] error(int code) {
        byte[] message =
                Der.application(
                        30,
                        Der.value(
                                Der.SEQUENCE,
                                Der.member(0, Der.integer(5)),
                                Der.member(1, Der.integer(30)),
                                Der.member(6, Der.integer(code)),
                                code == 25
                                        ? Der.member(
                                                12,
                                                Der.value(
                                                        Der.OCTET_STRING, Der.value(Der.SEQUENCE)))
                                        : new byte[0]));
        return ByteBuffer.allocate(4 + message.length).putInt(message.length).put(message).array();
    }

    /** Answers the next request so. */
    private void answer(byte[] framed) {
        Thread server =
                new Thread(
                        () -> {
                            try (Socket client = centre.accept();
                                    OutputStream out = client.getOutputStream()) {
                                DataInputStream in = new DataInputStream(client.getInputStream());
                                in.readFully(new byte[in.readInt()]);
                                out.write(framed);
                            } catch (IOException e) {
                                // the test sees that nothing came
                            }
                        },
                        "centre");
        server.setDaemon(true);
        server.start();
    }
}
