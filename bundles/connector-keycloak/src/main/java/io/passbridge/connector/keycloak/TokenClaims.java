/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import io.passbridge.connector.keycloak.session.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * What an access token of Keycloak says (RFC 7519). It comes from the server over the connection
 * that is believed, so that its signature is not looked at.
 *
 * @param claims none if it is a token of another form
 */
record TokenClaims(JsonObject claims) {
    static TokenClaims of(String token) {
        String[] parts = token.split("\\.", -1);
        JsonValue claims =
                parts.length == 3
                        ? Json.parse(Base64.getUrlDecoder().decode(parts[1])).orElse(JsonValue.NULL)
                        : JsonValue.NULL;
        return new TokenClaims(
                claims instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT);
    }

    /** When it was made, by the server's clock, in whole seconds. */
    Optional<Instant> issuedAt() {
        return claims.get("iat") instanceof JsonNumber seconds
                ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                : Optional.empty();
    }
}
