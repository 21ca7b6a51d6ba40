/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import static io.passbridge.credential.AccountState.ACTIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that never come to an end of their requests cost others nothing. */
class SlowClientsTest {
    private static final String HEAD = "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    private static final String BODY =
            HEAD + "Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{\"login\":";

    @TempDir Path folder;
    private final List<Socket> slow = new ArrayList<>();
    private Lab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new Lab(folder);
        lab.provision("1", "jane");
        lab.apply("1", 1, ACTIVE, Lab.pph1("password"));
    }

    @AfterEach
    void close() throws Exception {
        for (Socket socket : slow) {
            socket.close();
        }
        lab.close();
    }

    private void connect(String beginning) throws Exception {
        Socket socket = new Socket("127.0.0.1", URI.create(lab.url()).getPort());
        socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
        slow.add(socket);
    }

    private int signIn() throws Exception {
        return CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return lab.signIn("jane", "password").statusCode();
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        })
                .get(20, TimeUnit.SECONDS);
    }

    @Test
    void unfinishedRequests_keepNobodyWaiting() throws Exception {
        for (int i = 0; i < 200; i++) {
            connect(HEAD);
            connect(BODY);
        }
        assertThat(signIn()).isEqualTo(200);
    }

    @Test
    void moreClientsThanTheServerHolds_makeRoomForWhoeverComes() throws Exception {
        for (int i = 0; i < 1_100; i++) {
            connect(i % 2 == 0 ? HEAD : BODY);
        }
        assertThat(signIn()).isEqualTo(200);
        await().until(() -> isClosed(slow.get(0)));
    }

    @Test
    void clientWhoseTimeIsOver_isCutOff() throws Exception {
        connect(HEAD);
        connect(BODY);
        assertThat(signIn()).isEqualTo(200);
        lab.turnClock(Duration.ofSeconds(11));
        await().until(() -> isClosed(slow.get(0)) && isClosed(slow.get(1)));
    }

    private static boolean isClosed(Socket socket) {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (java.net.SocketException e) {
            return true; // reset
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
