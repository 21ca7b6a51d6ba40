/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.session;

import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.keycloak.settings.Settings;
import io.passbridge.credential.Secret;
import jakarta.json.JsonNumber;
import jakarta.json.JsonValue;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The service account's access token, renewed before it ends. Thread-safe. */
final class AccessTokens {
    private static final Duration RESERVE = Duration.ofSeconds(15);

    private final ConnectorContext context;
    private final Settings settings;
    private final Exchange exchange;
    private final ClientAuthentication authentication;
    private String token;
    private Instant renewAt = Instant.MIN;

    AccessTokens(ConnectorContext context, Settings settings, Exchange exchange) {
        this.context = context;
        this.settings = settings;
        this.exchange = exchange;
        this.authentication =
                settings.authentication() == Settings.Authentication.SECRET
                        ? new ClientSecret()
                        : new PrivateKeyJwt(settings.clientId(), context.clock());
    }

    /** A token that is good for some seconds at least. */
    synchronized String token() throws ConnectorException {
        if (!context.clock().instant().isBefore(renewAt)) {
            fetch();
        }
        return token;
    }

    /** The server refused a token: the next one is a new one. */
    synchronized void forget(String refused) {
        if (refused.equals(token)) {
            renewAt = Instant.MIN;
        }
    }

    private void fetch() throws ConnectorException {
        String realm = settings.server() + "/realms/" + Address.segment(settings.realm());
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", settings.clientId());
        try (Secret secret = context.accountSecret()) {
            form.putAll(authentication.fields(secret, realm));
        }
        String body =
                form.entrySet().stream()
                        .map(field -> field.getKey() + "=" + encode(field.getValue()))
                        .collect(Collectors.joining("&"));
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(realm + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        HttpResponse<byte[]> response = exchange.send(request, false);
        Answer answer = Refusals.answer(response, settings, false, context.clock(), 400, 401, 404);
        if (!answer.good()) {
            throw refusal(answer);
        }
        token = Json.text(answer.object(), "access_token", "");
        JsonValue life = answer.object().get("expires_in");
        if (token.isEmpty() || !(life instanceof JsonNumber seconds)) {
            throw new ConnectorException(
                    Kind.UNREACHABLE, settings.server() + " gave an answer that is not a token");
        }
        renewAt = context.clock().instant().plusSeconds(seconds.longValue()).minus(RESERVE);
    }

    private ConnectorException refusal(Answer answer) {
        String error = Json.text(answer.object(), "error", "");
        if (answer.status() == 404) {
            return new ConnectorException(
                    Kind.CONFIGURATION,
                    settings.server()
                            + " has no realm '"
                            + settings.realm()
                            + "'; correct 'realm', or the path in 'server'");
        }
        String remedy =
                error.equals("unauthorized_client") && answer.status() == 400
                        ? "turn on 'Service accounts roles' of the client"
                        : "correct clientId and authentication, or set the secret with account:set "
                                + context.configuration().instance();
        return new ConnectorException(
                Kind.AUTHENTICATION,
                "Keycloak refuses client '"
                        + settings.clientId()
                        + "' of realm '"
                        + settings.realm()
                        + "' ("
                        + answer.reason()
                        + "); "
                        + remedy);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
