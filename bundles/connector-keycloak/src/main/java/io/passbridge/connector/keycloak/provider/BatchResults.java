/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.provider;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.keycloak.session.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.Map;

/** Reads the answers of our provider; one that does not fit the question is half an answer. */
final class BatchResults {
    private static final Map<String, Outcome> OUTCOMES =
            Map.of(
                    "applied", Outcome.APPLIED,
                    "already", Outcome.ALREADY,
                    "conflict", Outcome.CONFLICT,
                    "no-such-user", Outcome.NO_SUCH_USER,
                    "rejected", Outcome.REJECTED,
                    "retry", Outcome.RETRY);

    private BatchResults() {}

    /**
     * The result of an item.
     *
     * @param asked how many items there were
     * @param member that names the item, with its value
     */
    static JsonObject at(JsonArray results, int index, int asked, String member, String value)
            throws ConnectorException {
        if (results.size() == asked
                && results.get(index) instanceof JsonObject result
                && Json.text(result, member, "").equals(value)) {
            return result;
        }
        throw new ConnectorException(
                Kind.OUTCOME_UNKNOWN,
                "the provider in Keycloak answered "
                        + results.size()
                        + " of "
                        + asked
                        + " items, or in another order; install the provider of this version");
    }

    static Outcome outcome(JsonObject result) throws ConnectorException {
        String status = Json.text(result, "status", "");
        Outcome outcome = OUTCOMES.get(status);
        if (outcome == null) {
            throw new ConnectorException(
                    Kind.OUTCOME_UNKNOWN,
                    "the provider in Keycloak answered with status '"
                            + status
                            + "', which is not known; install the provider of this version");
        }
        return outcome;
    }
}
