/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.provider;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.keycloak.session.AdminApi;
import io.passbridge.connector.keycloak.session.Answer;
import io.passbridge.connector.keycloak.session.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What our provider in Keycloak says of itself.
 *
 * @param version of the jar
 * @param contract number of the contract that it keeps
 * @param schemes that it verifies
 * @param defaultHashProvider the id of the server's default hash provider
 * @param rehashRace whether the realm hashes synchronised passwords anew at sign-in
 * @param users whether it takes users in batches, too
 * @param rehearses whether it says what would be done to users
 * @param namesAreFixed whether the realm forbids to change user names
 * @param maxItems in a request
 * @param maxBytes of a request
 */
public record ProviderDescription(
        String version,
        int contract,
        Set<String> schemes,
        String defaultHashProvider,
        boolean rehashRace,
        boolean users,
        boolean rehearses,
        boolean namesAreFixed,
        int maxItems,
        int maxBytes) {
    static final String PATH = "/passbridge";
    public static final int CONTRACT = 1;

    /** Asks the server; empty if the provider is not installed. */
    public static Optional<ProviderDescription> ask(AdminApi api) throws ConnectorException {
        Answer answer = api.get(PATH, 404);
        return answer.good() ? Optional.of(of(answer.object())) : Optional.empty();
    }

    private static ProviderDescription of(JsonObject json) {
        return new ProviderDescription(
                Json.text(json, "provider", "?"),
                json.getInt("contract", 0),
                Json.list(json, "schemes").stream()
                        .filter(JsonString.class::isInstance)
                        .map(scheme -> ((JsonString) scheme).getString())
                        .collect(Collectors.toUnmodifiableSet()),
                Json.text(json, "defaultHashProvider", "?"),
                json.getBoolean("rehashRace", true),
                json.getBoolean("users", false),
                json.getBoolean("rehearses", false),
                json.getBoolean("namesAreFixed", false),
                json.getInt("maxItems", 1),
                json.getInt("maxBytes", 1 << 20));
    }
}
