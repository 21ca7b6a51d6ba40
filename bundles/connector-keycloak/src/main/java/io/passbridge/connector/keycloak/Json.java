/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;
import java.util.Collection;
import java.util.Optional;
import org.eclipse.parsson.JsonProviderImpl;

/** JSON as Keycloak speaks it. The provider is named, since a bundle finds no services by files. */
final class Json {
    private static final JsonProvider PROVIDER = new JsonProviderImpl();

    private Json() {}

    static JsonObjectBuilder object() {
        return PROVIDER.createObjectBuilder();
    }

    /** A copy that can be changed. */
    static JsonObjectBuilder object(JsonObject from) {
        return PROVIDER.createObjectBuilder(from);
    }

    static JsonArrayBuilder array() {
        return PROVIDER.createArrayBuilder();
    }

    static JsonArrayBuilder array(Collection<String> texts) {
        return PROVIDER.createArrayBuilder(texts);
    }

    /** The value in UTF-8, or empty if the bytes are not one whole JSON text. */
    static Optional<JsonValue> parse(byte[] bytes) {
        try (JsonReader reader = PROVIDER.createReader(new ByteArrayInputStream(bytes))) {
            return Optional.of(reader.readValue());
        } catch (JsonException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** A member that is a text, or the given one. */
    static String text(JsonObject object, String name, String otherwise) {
        return object.get(name) instanceof JsonString text ? text.getString() : otherwise;
    }

    /** A member that is an array, or an empty one. */
    static JsonArray list(JsonObject object, String name) {
        return object.get(name) instanceof JsonArray list ? list : JsonValue.EMPTY_JSON_ARRAY;
    }

    /** A member that is an object, or an empty one. */
    static JsonObject child(JsonObject object, String name) {
        return object.get(name) instanceof JsonObject child ? child : JsonValue.EMPTY_JSON_OBJECT;
    }
}
