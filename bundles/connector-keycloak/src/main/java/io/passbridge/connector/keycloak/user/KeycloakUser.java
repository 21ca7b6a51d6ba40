/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.user;

import io.passbridge.connector.keycloak.session.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A user as the administration interface shows it.
 *
 * @param json the whole representation
 */
public record KeycloakUser(JsonObject json) {
    public String id() {
        return text("id");
    }

    public boolean enabled() {
        return json.getBoolean("enabled", false);
    }

    /** A member that is a text, or an empty text. */
    String text(String name) {
        return Json.text(json, name, "");
    }

    /** The first value of an attribute, or an empty text. */
    public String attribute(String name) {
        JsonArray values = Json.list(Json.child(json, "attributes"), name);
        return !values.isEmpty() && values.get(0) instanceof JsonString value
                ? value.getString()
                : "";
    }

    public Set<String> requiredActions() {
        Set<String> actions = new LinkedHashSet<>();
        for (JsonValue action : Json.list(json, "requiredActions")) {
            if (action instanceof JsonString text) {
                actions.add(text.getString());
            }
        }
        return actions;
    }

    /** In which of these attributes the user differs; one without values is not to be there. */
    List<String> differences(Map<String, List<String>> attributes) {
        return attributes.entrySet().stream()
                .filter(wanted -> !values(wanted.getKey()).equals(Set.copyOf(wanted.getValue())))
                .map(
                        wanted ->
                                "%s %s → %s"
                                        .formatted(
                                                wanted.getKey(),
                                                words(values(wanted.getKey())),
                                                words(wanted.getValue())))
                .toList();
    }

    private static String words(Collection<String> values) {
        return values.isEmpty() ? "none" : "'" + String.join("', '", values) + "'";
    }

    /** Keycloak keeps the values of an attribute in no order. */
    private Set<String> values(String name) {
        return Json.list(Json.child(json, "attributes"), name).stream()
                .filter(JsonString.class::isInstance)
                .map(value -> ((JsonString) value).getString())
                .collect(Collectors.toSet());
    }

    /** The representation with other attributes, to be changed further. */
    public JsonObjectBuilder with(Map<String, List<String>> changed) {
        return Json.object(json)
                .add("attributes", attributes(Json.child(json, "attributes"), changed));
    }

    /** Attributes with some of them changed, or taken away where they have no values. */
    static JsonObjectBuilder attributes(JsonObject held, Map<String, List<String>> changed) {
        JsonObjectBuilder attributes = Json.object(held);
        changed.forEach(
                (name, values) -> {
                    if (values.isEmpty()) {
                        attributes.remove(name);
                    } else {
                        attributes.add(name, Json.array(values));
                    }
                });
        return attributes;
    }
}
