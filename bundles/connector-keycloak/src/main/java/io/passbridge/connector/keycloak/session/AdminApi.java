/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.session;

import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.keycloak.settings.Settings;
import jakarta.json.JsonValue;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;

/** The administration interface of one realm, as the service account. Thread-safe. */
public final class AdminApi implements AutoCloseable {
    private final ConnectorContext context;
    private final Settings settings;
    private final Exchange exchange;
    private final AccessTokens tokens;

    public AdminApi(ConnectorContext context, Settings settings) throws ConnectorException {
        this.context = context;
        this.settings = settings;
        this.exchange = new Exchange(settings, context.legacyPolicy());
        this.tokens = new AccessTokens(context, settings, exchange);
    }

    /**
     * @param path below the realm, with its query, encoded: {@code /users?max=1}
     * @param judged statuses that come back as an answer instead of an exception
     */
    public Answer get(String path, int... judged) throws ConnectorException {
        return send("GET", realm() + path, JsonValue.NULL, false, judged);
    }

    /** What the server as a whole consists of; refused, it is an answer too. */
    public Answer serverInfo() throws ConnectorException {
        return send("GET", settings.server() + "/admin/serverinfo", JsonValue.NULL, false, 403);
    }

    /** A request that changes something. */
    public Answer change(String method, String path, JsonValue body, int... judged)
            throws ConnectorException {
        return send(method, realm() + path, body, true, judged);
    }

    /** A question that needs a body. */
    public Answer ask(String path, JsonValue body) throws ConnectorException {
        return send("POST", realm() + path, body, false);
    }

    /** The present access token, for looking into the rights that it carries. */
    public String token() throws ConnectorException {
        return tokens.token();
    }

    /** The realm's public description, for its headers and certificate. */
    public HttpResponse<byte[]> realmPage() throws ConnectorException {
        return exchange.send(
                HttpRequest.newBuilder(
                                URI.create(
                                        settings.server()
                                                + "/realms/"
                                                + Address.segment(settings.realm())))
                        .build(),
                false);
    }

    /** Waits; breaks off when this is closed. */
    public void pause(long millis) throws ConnectorException {
        exchange.pause(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private String realm() {
        return settings.server() + "/admin/realms/" + Address.segment(settings.realm());
    }

    private Answer send(
            String method, String address, JsonValue body, boolean changes, int... judged)
            throws ConnectorException {
        String token = tokens.token();
        HttpResponse<byte[]> response = once(method, address, body, changes, token);
        if (response.statusCode() == 401) {
            // revoked before its time: keys rotated, server restarted with another clock
            tokens.forget(token);
            response = once(method, address, body, changes, tokens.token());
        }
        return Refusals.answer(response, settings, changes, context.clock(), judged);
    }

    private HttpResponse<byte[]> once(
            String method, String address, JsonValue body, boolean changes, String token)
            throws ConnectorException {
        HttpRequest.BodyPublisher content =
                body == JsonValue.NULL
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body.toString());
        return exchange.send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .method(method, content)
                        .build(),
                changes);
    }

    @Override
    public void close() {
        exchange.close();
    }
}
