/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.session;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.eclipse.parsson.JsonProviderImpl;

/** JSON as Keycloak speaks it. The provider is named, since a bundle finds no services by files. */
public final class Json {
    private static final JsonProvider PROVIDER = new JsonProviderImpl();

    private Json() {}

    public static JsonObjectBuilder object() {
        return PROVIDER.createObjectBuilder();
    }

    /** A copy that can be changed. */
    public static JsonObjectBuilder object(JsonObject from) {
        return PROVIDER.createObjectBuilder(from);
    }

    public static JsonArrayBuilder array() {
        return PROVIDER.createArrayBuilder();
    }

    public static JsonArrayBuilder array(Collection<String> texts) {
        return PROVIDER.createArrayBuilder(texts);
    }

    /** The value in UTF-8, or empty if the bytes are not one whole JSON text. */
    public static Optional<JsonValue> parse(byte[] bytes) {
        // the parser does not see the end of a number that nothing follows
        try (JsonParser parser = PROVIDER.createParser(asElement(bytes))) {
            parser.next();
            JsonArray array = parser.getArray();
            return array.size() != 1 || parser.hasNext()
                    ? Optional.empty()
                    : Optional.of(array.get(0));
        } catch (JsonException | IllegalStateException | NoSuchElementException e) {
            return Optional.empty();
        }
    }

    private static InputStream asElement(byte[] bytes) {
        return new SequenceInputStream(
                Collections.enumeration(
                        List.of(
                                new ByteArrayInputStream(new byte[] {'['}),
                                new ByteArrayInputStream(bytes),
                                new ByteArrayInputStream(new byte[] {']'}))));
    }

    /** A member that is a text, or the given one. */
    public static String text(JsonObject object, String name, String otherwise) {
        return object.get(name) instanceof JsonString text ? text.getString() : otherwise;
    }

    /** A member that is an array, or an empty one. */
    public static JsonArray list(JsonObject object, String name) {
        return object.get(name) instanceof JsonArray list ? list : JsonValue.EMPTY_JSON_ARRAY;
    }

    /** A member that is an object, or an empty one. */
    public static JsonObject child(JsonObject object, String name) {
        return object.get(name) instanceof JsonObject child ? child : JsonValue.EMPTY_JSON_OBJECT;
    }
}
