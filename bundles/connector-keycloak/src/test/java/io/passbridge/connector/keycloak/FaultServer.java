/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks just enough of Keycloak with our provider, until it is told to misbehave. */
final class FaultServer implements AutoCloseable {
    /** What the batch endpoint does. */
    @FunctionalInterface
    interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    final AtomicInteger tokens = new AtomicInteger();
    volatile int tokenStatus = 200;
    volatile Behaviour passwords = exchange -> answer(exchange, 200, "{\"results\":[]}");

    FaultServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        // its answers carry a Date
        server.createContext("/realms/corp", exchange -> answer(exchange, 200, "{}"));
        server.createContext(
                "/realms/corp/protocol/openid-connect/token",
                exchange ->
                        answer(
                                exchange,
                                tokenStatus,
                                tokenStatus == 200
                                        ? "{\"access_token\":\"t"
                                                + tokens.incrementAndGet()
                                                + "\",\"expires_in\":300}"
                                        : "{\"error\":\"unauthorized_client\"}"));
        String admin = "/admin/realms/corp";
        server.createContext(
                admin + "/passbridge",
                exchange ->
                        answer(
                                exchange,
                                200,
                                "{\"provider\":\"0.1.0\",\"contract\":1,\"schemes\":[\"pph1\"],"
                                        + "\"rehashRace\":false,\"maxItems\":500,"
                                        + "\"maxBytes\":1048576}"));
        server.createContext(
                admin + "/users/profile",
                exchange -> answer(exchange, 200, "{\"unmanagedAttributePolicy\":\"ADMIN_EDIT\"}"));
        server.createContext(
                admin + "/users",
                exchange ->
                        answer(
                                exchange,
                                200,
                                "[{\"id\":\"u1\",\"attributes\":{\"sourceAnchor\":[\"anna\"]}}]"));
        server.createContext(
                admin + "/passbridge/passwords", exchange -> passwords.answer(exchange));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
