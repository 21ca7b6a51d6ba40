/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.session;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/**
 * An answer of the server that the caller has to judge: success, or one of the statuses that it
 * asked to see.
 *
 * @param status of HTTP
 * @param body {@code null} of JSON if there is none
 * @param location the {@code Location} header, or an empty text
 */
public record Answer(int status, JsonValue body, String location) {
    public boolean good() {
        return status / 100 == 2;
    }

    /** The body if it is an object, or an empty one. */
    public JsonObject object() {
        return body instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    }

    /** The body if it is an array, or an empty one. */
    public JsonArray array() {
        return body instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
    }

    /** What the server says of a refusal, shortened. */
    public String reason() {
        JsonObject error = object();
        String text = Json.text(error, "errorMessage", Json.text(error, "error_description", ""));
        if (text.isEmpty()) {
            text = Json.text(error, "error", "");
        }
        String plain = "HTTP " + status;
        if (text.startsWith(plain)) {
            text = text.substring(plain.length()).strip();
        }
        String field = Json.text(error, "field", "");
        String whole =
                plain
                        + (text.isEmpty() ? "" : ", " + text)
                        + (field.isEmpty() ? "" : " (" + field + ")");
        return whole.length() > 300 ? whole.substring(0, 300) : whole;
    }
}
