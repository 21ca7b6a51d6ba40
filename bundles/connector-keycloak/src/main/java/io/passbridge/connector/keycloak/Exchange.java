/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLHandshakeException;

/**
 * Sends requests to one server and waits for whole answers, within limits of time and size.
 * Thread-safe; closing it breaks off what is under way.
 */
final class Exchange implements AutoCloseable {
    private static final int LONGEST_ANSWER = 16 << 20;

    private final Settings settings;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    task -> {
                        Thread thread = new Thread(task, "keycloak-http");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final AtomicReference<HttpClient> client = new AtomicReference<>();
    private final Pace pace;
    private final Duration timeout;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Set<CompletableFuture<?>> calls = ConcurrentHashMap.newKeySet();

    Exchange(Settings settings) throws ConnectorException {
        this.settings = settings;
        this.pace = new Pace(settings.requestsPerSecond());
        this.timeout = Duration.ofSeconds(settings.timeoutSeconds());
        client.set(
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(timeout)
                        .executor(threads)
                        .sslContext(Trust.context(settings.authorities()))
                        .build());
    }

    /**
     * @param changes whether the request may change something at the server
     * @throws ConnectorException of kind {@code UNREACHABLE} if nothing happened, of kind {@code
     *     OUTCOME_UNKNOWN} if something may have
     */
    HttpResponse<byte[]> send(HttpRequest request, boolean changes) throws ConnectorException {
        pause(pace.reserve());
        HttpClient open = client.get();
        if (open == null) {
            throw broken(false, "was left: the connector was closed");
        }
        CompletableFuture<HttpResponse<byte[]>> call =
                open.sendAsync(request, answer -> new BoundedBody(LONGEST_ANSWER));
        calls.add(call);
        try {
            if (closed.getCount() == 0) {
                call.cancel(true);
            }
            return call.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            call.cancel(true);
            throw broken(changes, "gave no whole answer within " + timeout.toSeconds() + " s");
        } catch (CancellationException e) {
            throw broken(changes, "was left: the connector was closed");
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw broken(changes, "was left: the call was broken off");
        } catch (ExecutionException e) {
            throw failure(e.getCause(), changes);
        } finally {
            calls.remove(call);
        }
    }

    /** Waits; returns early with an exception when this is closed. */
    void pause(long nanos) throws ConnectorException {
        try {
            if (closed.await(nanos, TimeUnit.NANOSECONDS)) {
                throw broken(false, "was left: the connector was closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw broken(false, "was left: the call was broken off");
        }
    }

    private ConnectorException failure(Throwable cause, boolean changes) {
        if (cause instanceof SSLHandshakeException) {
            return new ConnectorException(
                    Kind.UNREACHABLE,
                    name()
                            + " has a certificate that is not believed ("
                            + cause.getMessage()
                            + "); renew it, use the name that it is for, or set caFile");
        }
        boolean neverSent =
                cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
        String text = cause instanceof IOException ? cause.getMessage() : cause.toString();
        return broken(
                changes && !neverSent,
                neverSent
                        ? "cannot be reached; is it running, and is 'server' right?"
                        : "broke the connection: " + text);
    }

    private ConnectorException broken(boolean changes, String text) {
        return new ConnectorException(
                changes ? Kind.OUTCOME_UNKNOWN : Kind.UNREACHABLE, name() + " " + text);
    }

    private String name() {
        return "Keycloak at " + settings.server();
    }

    @Override
    public void close() {
        closed.countDown();
        calls.forEach(call -> call.cancel(true));
        // before Java 21 a client cannot be closed: it ends by itself once nothing refers to it
        client.set(null);
        threads.shutdown();
    }
}
