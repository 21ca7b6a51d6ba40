/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.passbridge.connector.ConnectorException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers sign-ins over HTTP on the loopback address. Ends with {@link #close}. */
final class SignInServer implements AutoCloseable {
    static final String PATH = "/sign-in";

    private static final Logger LOG = LoggerFactory.getLogger(SignInServer.class);
    private static final int MAX_BODY = 8_192;
    private static final int THREADS = 8;
    private static final int WAITING = 128;
    private static final int REQUEST_SECONDS = 30;

    private final SignIn signIn;
    private final ScheduledExecutorService watch;
    private final HttpServer server;
    private final ThreadPoolExecutor threads;

    /**
     * @param port 0 for a free one
     * @param watch breaks off requests that take too long
     */
    SignInServer(SignIn signIn, String instance, int port, ScheduledExecutorService watch)
            throws IOException {
        this.signIn = signIn;
        this.watch = watch;
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        this.server = HttpServer.create(new InetSocketAddress(loopback, port), WAITING);
        AtomicInteger number = new AtomicInteger();
        this.threads =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        30,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING),
                        task -> {
                            String name = "sign-in-" + instance + "-" + number.incrementAndGet();
                            Thread thread = new Thread(task, name);
                            thread.setDaemon(true);
                            return thread;
                        });
        threads.allowCoreThreadTimeOut(true);
        server.setExecutor(threads);
        server.createContext(PATH, exchange -> handle(exchange, this::signIn));
        server.createContext("/health", exchange -> handle(exchange, SignInServer::health));
        server.createContext("/", exchange -> handle(exchange, SignInServer::nothing));
        server.start();
    }

    /** Where sign-ins are answered. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
    }

    @FunctionalInterface
    private interface Handler {
        Reply answer(HttpExchange exchange) throws IOException;
    }

    private void handle(HttpExchange exchange, Handler handler) {
        ScheduledFuture<?> limit =
                watch.schedule(exchange::close, REQUEST_SECONDS, TimeUnit.SECONDS);
        try (exchange) {
            Reply reply;
            try {
                reply = isForeign(exchange) ? Reply.MISDIRECTED : handler.answer(exchange);
            } catch (RuntimeException e) {
                LOG.warn("a request to the cloud directory failed", e);
                reply = Reply.FAILED;
            }
            reply.send(exchange);
        } catch (IOException e) {
            LOG.debug("a client of the cloud directory went away: {}", e.getMessage());
        } finally {
            limit.cancel(false);
        }
    }

    /**
     * A page that a browser loaded from elsewhere must not reach this server by a name of its own.
     */
    private static boolean isForeign(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        return host == null || !host.matches("(127\\.0\\.0\\.1|localhost)(:[0-9]+)?");
    }

    private static Reply health(HttpExchange exchange) {
        return new Reply(200, Map.of("result", "ok"));
    }

    private static Reply nothing(HttpExchange exchange) {
        return Reply.NOT_FOUND;
    }

    private Reply signIn(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestURI().getPath().equals(PATH)) {
            return Reply.NOT_FOUND;
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            return Reply.METHOD;
        }
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        // a browser sends this type across origins only after asking, and nobody answers that
        if (type == null || !type.matches("(?i)application/json\\s*(;.*)?")) {
            return Reply.malformed("the content type must be application/json");
        }
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        try {
            if (body.length > MAX_BODY) {
                return Reply.malformed("the body is longer than " + MAX_BODY + " bytes");
            }
            try (SignInRequest request = SignInRequest.parse(body)) {
                String peer = exchange.getRemoteAddress().getAddress().getHostAddress();
                String client = request.client().isEmpty() ? peer : "for " + request.client();
                return Reply.of(signIn.attempt(request.login(), request.password(), client));
            }
        } catch (IllegalArgumentException e) {
            return Reply.malformed(e.getMessage());
        } catch (ConnectorException e) {
            LOG.warn("a sign-in cannot be checked: {}", e.getMessage());
            return Reply.UNAVAILABLE;
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
