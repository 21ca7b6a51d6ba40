/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.models.UserModel;

/**
 * What a user shall be called.
 *
 * @param anchor the user's anchor at the source
 * @param attributes by Keycloak's names, {@code username} and the like among them; an empty list
 *     takes an attribute away, and what is not named stays
 */
record UserItem(String anchor, Map<String, List<String>> attributes) {
    /** Keycloak compares longer values by their hashes. */
    private static final int MAX_ANCHOR = 255;

    private static final List<String> FIELDS =
            List.of(UserModel.USERNAME, UserModel.EMAIL, UserModel.FIRST_NAME, UserModel.LAST_NAME);

    UserItem {
        attributes = Collections.unmodifiableMap(attributes);
    }

    /**
     * Reads an item of a request.
     *
     * @throws IllegalArgumentException if it is not one
     */
    static UserItem of(JsonNode json, String anchorAttribute) {
        String anchor = anchor(json);
        if (anchor.isEmpty() || json.path(UserModel.USERNAME).asText("").isBlank()) {
            throw new IllegalArgumentException("an item needs anchor and username");
        }
        if (anchor.length() > MAX_ANCHOR) {
            throw new IllegalArgumentException(
                    "the anchor is longer than %d characters".formatted(MAX_ANCHOR));
        }
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        json.path("attributes")
                .properties()
                .forEach(entry -> attributes.put(entry.getKey(), texts(entry.getValue())));
        for (String field : FIELDS) {
            attributes.remove(field);
            if (json.path(field).isTextual()) {
                attributes.put(field, List.of(json.path(field).textValue()));
            }
        }
        attributes.put(anchorAttribute, List.of(anchor));
        return new UserItem(anchor, attributes);
    }

    private static List<String> texts(JsonNode values) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : values) {
            if (!value.isTextual()) {
                throw new IllegalArgumentException("the values of an attribute are texts");
            }
            texts.add(value.textValue());
        }
        return texts;
    }

    /** The anchor of an item, or an empty text. */
    static String anchor(JsonNode json) {
        return json.path("anchor").asText("");
    }

    String username() {
        return attributes.get(UserModel.USERNAME).get(0);
    }

    /** The mail address, or an empty text. */
    String email() {
        return attributes.getOrDefault(UserModel.EMAIL, List.of("")).get(0);
    }
}
