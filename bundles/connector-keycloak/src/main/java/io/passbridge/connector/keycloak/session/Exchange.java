/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.session;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.keycloak.settings.Settings;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.tls.Refusal;
import io.passbridge.tls.Tls;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
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
import javax.net.ssl.SSLHandshakeException;

/**
 * Sends requests to one server and waits for whole answers, within limits of time and size.
 * Thread-safe; closing it breaks off what is under way.
 */
final class Exchange implements AutoCloseable {
    private static final int LONGEST_ANSWER = 16 << 20;

    private final Settings settings;
    private final LegacyPolicy policy;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    task -> {
                        Thread thread = new Thread(task, "keycloak-http");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final Pace pace;
    private final Duration timeout;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Set<CompletableFuture<?>> calls = ConcurrentHashMap.newKeySet();
    private HttpClient client;
    private boolean restricted;

    /**
     * @param policy asked with each request what a connection may negotiate
     * @throws ConnectorException of kind {@code CONFIGURATION} if the authorities cannot be used
     */
    Exchange(Settings settings, LegacyPolicy policy) throws ConnectorException {
        this.settings = settings;
        this.policy = policy;
        this.pace = new Pace(settings.requestsPerSecond());
        this.timeout = Duration.ofSeconds(settings.timeoutSeconds());
        client();
    }

    /**
     * Made anew when the policy has changed; what is under way ends over the connections it has.
     */
    private synchronized HttpClient client() throws ConnectorException {
        if (closed.getCount() == 0) {
            throw broken(false, "was left: the connector was closed");
        }
        boolean fips = policy.fipsEnforced();
        if (client == null || fips != restricted) {
            Tls tls = tls(fips);
            client =
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .connectTimeout(timeout)
                            .executor(threads)
                            .sslContext(tls.context())
                            .sslParameters(tls.parameters())
                            .build();
            restricted = fips;
        }
        return client;
    }

    private Tls tls(boolean fips) throws ConnectorException {
        try {
            return Tls.of(settings.authorities(), null, fips);
        } catch (IOException | GeneralSecurityException e) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "caFile "
                            + settings.authorities().map(Path::toString).orElse("")
                            + " cannot be used ("
                            + e.getMessage()
                            + "); give a readable PEM file of certificates",
                    e);
        }
    }

    /**
     * @param changes whether the request may change something at the server
     * @throws ConnectorException of kind {@code UNREACHABLE} if nothing happened, of kind {@code
     *     OUTCOME_UNKNOWN} if something may have
     */
    HttpResponse<byte[]> send(HttpRequest request, boolean changes) throws ConnectorException {
        pause(pace.reserve());
        CompletableFuture<HttpResponse<byte[]>> call =
                client().sendAsync(request, answer -> new BoundedBody(LONGEST_ANSWER));
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
        Optional<String> refusal = policy.fipsEnforced() ? Refusal.in(cause) : Optional.empty();
        if (refusal.isPresent()) {
            return new ConnectorException(Kind.UNREACHABLE, name() + ": " + refusal.get());
        }
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
        forget();
        threads.shutdown();
    }

    private synchronized void forget() {
        client = null;
    }
}
