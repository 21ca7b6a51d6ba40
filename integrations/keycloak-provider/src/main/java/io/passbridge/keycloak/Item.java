/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.Digest;
import java.util.Optional;

/**
 * What a user's password and state shall be.
 *
 * @param id of the user
 * @param version at the source
 * @param changedAt when the source changed the password, in milliseconds since 1970
 * @param enabled whether the user may sign in
 * @param mustChange whether the user must choose a new password first
 * @param deletedOn the day on which the user was deleted at the source, or an empty text
 * @param endSessions whether a new password ends the user's sessions
 * @param digest the password, or empty if only the state is given
 */
record Item(
        String id,
        ChangeVersion version,
        long changedAt,
        boolean enabled,
        boolean mustChange,
        String deletedOn,
        boolean endSessions,
        Optional<Digest> digest) {
    /**
     * Reads an item of a request.
     *
     * @throws IllegalArgumentException if it is not one, or if nobody could ever sign in with its
     *     digest; the message holds nothing of the digest
     */
    static Item of(JsonNode json) {
        JsonNode state = json.path("state");
        if (!json.path("version").isTextual()
                || !json.path("changedAt").isIntegralNumber()
                || !state.path("enabled").isBoolean()
                || !state.path("mustChange").isBoolean()) {
            throw new IllegalArgumentException(
                    "an item needs version, changedAt, state.enabled and state.mustChange");
        }
        return new Item(
                id(json),
                Label.parse(json.path("version").textValue())
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "version is not of the form SEQUENCE.TIME")),
                Math.max(1, json.path("changedAt").longValue()),
                state.path("enabled").booleanValue(),
                state.path("mustChange").booleanValue(),
                state.path("deletedOn").asText(""),
                json.path("endSessions").asBoolean(false),
                digest(json));
    }

    /** The id of the user, or an empty text. */
    static String id(JsonNode json) {
        return json.path("id").asText("");
    }

    private static Optional<Digest> digest(JsonNode json) {
        if (!json.has("scheme") && !json.has("value")) {
            return Optional.empty();
        }
        Digest digest = new Digest(json.path("scheme").asText(""), json.path("value").asText(""));
        Digests.fault(digest)
                .ifPresent(
                        fault -> {
                            throw new IllegalArgumentException(fault);
                        });
        return Optional.of(digest);
    }
}
