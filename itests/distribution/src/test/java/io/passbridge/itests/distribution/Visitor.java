/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Asks the web server of the platform as it is written down, without a client's own ideas. */
record Visitor(int port) {
    private static final int PATIENCE_MILLIS = 60_000;

    /** One whose port nobody has. */
    static Visitor ofFreePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return new Visitor(free.getLocalPort());
        }
    }

    /**
     * The whole answer, head and body; empty if nobody takes the connection or it breaks.
     *
     * @param headers further lines of the request
     */
    String get(String path, String... headers) {
        return ask("GET", path, "127.0.0.1:" + port, headers);
    }

    /** The same for another method and another name of the server. */
    String ask(String method, String path, String host, String... headers) {
        String request =
                "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n"
                        .formatted(
                                method,
                                path,
                                host,
                                String.join(
                                        "",
                                        List.of(headers).stream().map(h -> h + "\r\n").toList()));
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** What follows the head of an answer. */
    static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
}
