/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A user as the administration interface shows it.
 *
 * @param json the whole representation
 */
record KeycloakUser(JsonObject json) {
    String id() {
        return text("id");
    }

    boolean enabled() {
        return json.getBoolean("enabled", false);
    }

    /** A member that is a text, or an empty text. */
    String text(String name) {
        return Json.text(json, name, "");
    }

    /** The first value of an attribute, or an empty text. */
    String attribute(String name) {
        JsonArray values = Json.list(Json.child(json, "attributes"), name);
        return !values.isEmpty() && values.get(0) instanceof JsonString value
                ? value.getString()
                : "";
    }

    Set<String> requiredActions() {
        Set<String> actions = new LinkedHashSet<>();
        for (JsonValue action : Json.list(json, "requiredActions")) {
            if (action instanceof JsonString text) {
                actions.add(text.getString());
            }
        }
        return actions;
    }

    /** The representation with an attribute of one value more, to be changed further. */
    JsonObjectBuilder with(String attribute, String value) {
        return Json.object(json)
                .add(
                        "attributes",
                        Json.object(Json.child(json, "attributes"))
                                .add(attribute, Json.array().add(value)));
    }
}
