/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.samba;

import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.samba.wire.KeyText;
import io.passbridge.connector.samba.wire.Message;
import io.passbridge.credential.Recipient;
import io.passbridge.credential.Secret;
import io.passbridge.tls.Tls;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/**
 * The way to the agent: HTTPS to the one certificate, each line authenticated in both directions
 * under the pairing secret. Thread-safe.
 */
final class Agent implements AutoCloseable {
    private static final int OK = 200;
    private static final int REFUSED = 403;
    private static final int AWAY = 503;
    private static final int LONGEST_ANSWER = 4 << 20;

    private final ConnectorContext context;
    private final Settings settings;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    task -> {
                        Thread thread = new Thread(task, "samba-agent-http");
                        thread.setDaemon(true);
                        return thread;
                    });
    private HttpClient client;
    private boolean restricted;
    private boolean closed;

    Agent(ConnectorContext context, Settings settings) {
        this.context = context;
        this.settings = settings;
    }

    /** Whom to seal for, the caller's to close. */
    Recipient recipient() throws ConnectorException {
        byte[] x25519 =
                key(Recipient.KEY_LENGTH)
                        .orElseThrow(
                                () ->
                                        new ConnectorException(
                                                Kind.CONFIGURATION,
                                                settings.recipientKey()
                                                        + " holds no public key; copy"
                                                        + " recipient.pub of the agent's folder"));
        return new Recipient(x25519, key(Recipient.P256_LENGTH), pairing());
    }

    /** Whether what the FIPS policy approves can be sealed for the agent. */
    boolean hasApprovedKey() throws ConnectorException {
        return key(Recipient.P256_LENGTH).isPresent();
    }

    private Optional<byte[]> key(int length) throws ConnectorException {
        return KeyText.publicKeys(recipientText()).stream()
                .filter(key -> key.length == length)
                .findFirst();
    }

    /** The public keys as their file holds them, a line for each. */
    String recipientText() throws ConnectorException {
        try {
            return Files.readString(settings.recipientKey(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "recipientKey " + settings.recipientKey() + " cannot be read",
                    e);
        }
    }

    private Secret pairing() throws ConnectorException {
        try (Secret text = context.accountSecret()) {
            return KeyText.read(text)
                    .orElseThrow(
                            () ->
                                    new ConnectorException(
                                            Kind.AUTHENTICATION,
                                            "the account's secret is no pairing secret; give the"
                                                    + " line of the file pairing in the agent's"
                                                    + " folder to account:set"));
        }
    }

    /** What the agent says of itself. */
    Message status() throws ConnectorException {
        return exchange("status", List.of(Message.of("ask", "status")), false).get(0);
    }

    /**
     * Asks and waits for one answer to each message.
     *
     * @param what {@code accounts} or {@code passwords}
     */
    List<Message> exchange(String what, List<Message> messages, boolean changes)
            throws ConnectorException {
        String request = UUID.randomUUID().toString();
        try (Secret pairing = pairing()) {
            String body =
                    messages.stream()
                            .map(m -> m.with("request", request).line(pairing))
                            .collect(Collectors.joining("\n"));
            HttpResponse<byte[]> answer = send(what, body, changes);
            List<Message> answers = new ArrayList<>();
            for (String line : new String(answer.body(), StandardCharsets.UTF_8).lines().toList()) {
                Optional<Message> read = Message.read(line, pairing);
                if (read.isEmpty() || !read.get().text("request").equals(request)) {
                    throw unknown(changes, "gave an answer that is not of the paired agent");
                }
                answers.add(read.get());
            }
            if (answers.size() != messages.size()) {
                throw unknown(
                        changes,
                        "answered %d of %d lines".formatted(answers.size(), messages.size()));
            }
            return answers;
        }
    }

    private HttpResponse<byte[]> send(String what, String body, boolean changes)
            throws ConnectorException {
        HttpRequest request =
                HttpRequest.newBuilder(settings.agent().resolve("/" + what))
                        .timeout(settings.timeout())
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        HttpResponse<byte[]> answer;
        try {
            answer = client().send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw unknown(false, "cannot be reached; does it run?");
        } catch (SSLException e) {
            throw unknown(
                    false,
                    "shows another certificate than 'certificate' holds, or one for another name ("
                            + e.getMessage()
                            + ")");
        } catch (IOException e) {
            throw unknown(changes, "broke the connection: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(changes, "was left: the call was broken off");
        }
        if (answer.statusCode() == REFUSED) {
            throw new ConnectorException(
                    Kind.AUTHENTICATION,
                    name() + " does not know the pairing secret; set it with account:set");
        }
        if (answer.statusCode() == AWAY) {
            throw unknown(false, "cannot reach its domain; does Samba run?");
        }
        if (answer.statusCode() != OK || answer.body().length > LONGEST_ANSWER) {
            throw unknown(changes, "answered with status " + answer.statusCode());
        }
        return answer;
    }

    private synchronized HttpClient client() throws ConnectorException {
        if (closed) {
            throw unknown(false, "was left: the connector was closed");
        }
        boolean fips = context.legacyPolicy().fipsEnforced();
        if (client == null || fips != restricted) {
            try {
                Tls tls = Tls.of(Optional.of(settings.certificate()), null, fips);
                client =
                        HttpClient.newBuilder()
                                .version(HttpClient.Version.HTTP_1_1)
                                .followRedirects(HttpClient.Redirect.NEVER)
                                .connectTimeout(settings.timeout())
                                .executor(threads)
                                .sslContext(tls.context())
                                .sslParameters(tls.parameters())
                                .build();
                restricted = fips;
            } catch (IOException | GeneralSecurityException e) {
                throw new ConnectorException(
                        Kind.CONFIGURATION,
                        "certificate %s cannot be used (%s); copy agent.pem of the agent's folder"
                                .formatted(settings.certificate(), e.getMessage()),
                        e);
            }
        }
        return client;
    }

    private ConnectorException unknown(boolean changes, String text) {
        return new ConnectorException(
                changes ? Kind.OUTCOME_UNKNOWN : Kind.UNREACHABLE, name() + " " + text);
    }

    private String name() {
        return "the agent at " + settings.agent();
    }

    @Override
    public synchronized void close() {
        closed = true;
        client = null;
        threads.shutdownNow();
    }
}
