/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.SourceAnchor;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes through the endpoint of our provider: many users a request, one transaction each, the
 * versions compared there.
 */
final class BatchPasswords implements PasswordWriter {
    /** More than this makes a request long without making the whole faster. */
    private static final int USEFUL_ITEMS = 100;

    /** The most that one item takes: the longest value, escaped, and the rest. */
    private static final int ITEM_BYTES = 10_000;

    private static final Map<String, Outcome> OUTCOMES =
            Map.of(
                    "applied", Outcome.APPLIED,
                    "already", Outcome.ALREADY,
                    "conflict", Outcome.CONFLICT,
                    "no-such-user", Outcome.NO_SUCH_USER,
                    "rejected", Outcome.REJECTED,
                    "retry", Outcome.RETRY);

    private final AdminApi api;
    private final ProviderDescription provider;
    private final boolean endSessions;

    BatchPasswords(AdminApi api, ProviderDescription provider, boolean endSessions) {
        this.api = api;
        this.provider = provider;
        this.endSessions = endSessions;
    }

    @Override
    public Set<String> schemes() {
        return provider.schemes();
    }

    @Override
    public boolean mayBeUndone() {
        return provider.rehashRace();
    }

    @Override
    public List<ItemOutcome> write(List<Item> items) throws ConnectorException {
        return new SideBySide<>(parts(items), this::writePart).run();
    }

    private List<ItemOutcome> writePart(List<Item> part) throws ConnectorException {
        JsonArrayBuilder array = Json.array();
        part.forEach(item -> array.add(json(item)));
        JsonObject body = Json.object().add("items", array).build();
        JsonArray results =
                Json.list(
                        api.change("POST", ProviderDescription.PATH + "/passwords", body).object(),
                        "results");
        List<ItemOutcome> outcomes = new ArrayList<>(part.size());
        for (int i = 0; i < part.size(); i++) {
            outcomes.add(outcome(part.get(i), result(part, results, i)));
        }
        return outcomes;
    }

    @Override
    public Set<SourceAnchor> undone(List<Item> items) throws ConnectorException {
        Set<SourceAnchor> undone = new HashSet<>();
        for (List<Item> part : parts(items)) {
            JsonObject body =
                    Json.object()
                            .add("ids", Json.array(part.stream().map(Item::id).toList()))
                            .build();
            JsonArray results =
                    Json.list(
                            api.ask(ProviderDescription.PATH + "/passwords/versions", body)
                                    .object(),
                            "results");
            for (int i = 0; i < part.size(); i++) {
                PasswordUpdate update = part.get(i).update();
                String held = Json.text(result(part, results, i), "version", "");
                if (!held.equals(update.version().toString())) {
                    undone.add(update.anchor());
                }
            }
        }
        return undone;
    }

    private List<List<Item>> parts(List<Item> items) {
        int size = Math.min(USEFUL_ITEMS, provider.maxItems());
        size = Math.max(1, Math.min(size, provider.maxBytes() / ITEM_BYTES));
        List<List<Item>> parts = new ArrayList<>();
        for (int from = 0; from < items.size(); from += size) {
            parts.add(items.subList(from, Math.min(items.size(), from + size)));
        }
        return parts;
    }

    private JsonObjectBuilder json(Item item) {
        PasswordUpdate update = item.update();
        JsonObjectBuilder json =
                Json.object()
                        .add("id", item.id())
                        .add("version", update.version().toString())
                        .add("changedAt", update.changedAt().toEpochMilli())
                        .add(
                                "state",
                                Json.object()
                                        .add("enabled", update.state().mayStillSignIn())
                                        .add(
                                                "mustChange",
                                                update.state().has(Flag.MUST_CHANGE_PASSWORD)))
                        .add("endSessions", endSessions && update.digest().isPresent());
        update.digest()
                .ifPresent(
                        digest ->
                                json.add("scheme", digest.scheme()).add("value", digest.encoded()));
        return json;
    }

    /** The result of an item; an answer that does not fit the question is half an answer. */
    private static JsonObject result(List<Item> part, JsonArray results, int index)
            throws ConnectorException {
        if (results.size() == part.size()
                && results.get(index) instanceof JsonObject result
                && Json.text(result, "id", "").equals(part.get(index).id())) {
            return result;
        }
        throw new ConnectorException(
                Kind.OUTCOME_UNKNOWN,
                "the provider in Keycloak answered "
                        + results.size()
                        + " of "
                        + part.size()
                        + " items, or in another order; install the provider of this version");
    }

    private static ItemOutcome outcome(Item item, JsonObject result) throws ConnectorException {
        String status = Json.text(result, "status", "");
        Outcome outcome = OUTCOMES.get(status);
        if (outcome == null) {
            throw new ConnectorException(
                    Kind.OUTCOME_UNKNOWN,
                    "the provider in Keycloak answered with status '"
                            + status
                            + "', which is not known; install the provider of this version");
        }
        return new ItemOutcome(item.update().anchor(), outcome, Json.text(result, "detail", ""));
    }
}
