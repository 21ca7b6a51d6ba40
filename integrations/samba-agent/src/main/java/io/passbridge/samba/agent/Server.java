/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.samba.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import com.unboundid.ldap.sdk.LDAPException;
import io.passbridge.connector.samba.wire.Message;
import io.passbridge.credential.Secret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Listens for the platform. One request after the other, in one thread: what comes second is looked
 * at when the first is written.
 */
final class Server implements AutoCloseable {
    private static final int OK = 200;
    private static final int REFUSED = 403;
    private static final int TOO_LONG = 413;
    private static final int AWAY = 503;
    private static final int LONGEST = 4 << 20;
    private static final int MOST = 1_000;

    /** Lost with the object that holds it. */
    private final FileLock lock;

    private final HttpsServer server;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Domain domain;
    private final Handling handling;
    private final Secret pairing;

    Server(AgentFolder folder, Domain domain, Handling handling, Secret pairing)
            throws IOException, GeneralSecurityException {
        this.lock = folder.lock();
        this.domain = domain;
        this.handling = handling;
        this.pairing = pairing;
        String listen = folder.setting("listen");
        int colon = listen.lastIndexOf(':');
        this.server =
                HttpsServer.create(
                        new InetSocketAddress(
                                listen.substring(0, colon),
                                Integer.parseInt(listen.substring(colon + 1))),
                        0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(folder)));
        server.createContext("/", this::handle);
        server.setExecutor(thread);
    }

    private static SSLContext context(AgentFolder folder)
            throws IOException, GeneralSecurityException {
        char[] password =
                new String(folder.readPrivate("agent.password"), StandardCharsets.US_ASCII)
                        .strip()
                        .toCharArray();
        KeyStore store =
                KeyStore.getInstance(folder.path().resolve("agent.p12").toFile(), password);
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    void start() {
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            respond(exchange);
        }
    }

    private void respond(HttpExchange exchange) throws IOException {
        try {
            byte[] body = exchange.getRequestBody().readNBytes(LONGEST + 1);
            if (body.length > LONGEST) {
                answer(exchange, TOO_LONG, "");
                return;
            }
            List<Message> messages = new ArrayList<>();
            for (String line : new String(body, StandardCharsets.UTF_8).lines().toList()) {
                Optional<Message> message = Message.read(line, pairing);
                if (message.isEmpty() || messages.size() == MOST) {
                    Main.log(
                            exchange.getRemoteAddress()
                                    + " sent what is not of the paired platform: refused");
                    answer(exchange, REFUSED, "");
                    return;
                }
                messages.add(message.get());
            }
            answer(exchange, OK, answers(exchange.getRequestURI().getPath(), messages));
        } catch (LDAPException e) {
            Main.log("the domain does not answer: " + e.getMessage());
            domain.close();
            answer(exchange, AWAY, "");
        } catch (RuntimeException e) {
            Main.log("a request failed: " + e.getClass().getName());
            answer(exchange, AWAY, "");
        }
    }

    private String answers(String path, List<Message> messages) throws LDAPException {
        domain.request();
        List<Message> answers = new ArrayList<>();
        for (Message message : messages) {
            Message answer =
                    switch (path) {
                        case "/accounts" -> handling.account(message);
                        case "/passwords" -> handling.password(message);
                        default -> handling.status();
                    };
            answers.add(answer.with("request", message.text("request")));
        }
        return answers.stream().map(a -> a.line(pairing)).collect(Collectors.joining("\n"));
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(1);
        thread.shutdown();
        try {
            lock.acquiredBy().close();
        } catch (IOException e) {
            Main.log("the lock of the agent's folder stays until the process ends");
        }
    }
}
