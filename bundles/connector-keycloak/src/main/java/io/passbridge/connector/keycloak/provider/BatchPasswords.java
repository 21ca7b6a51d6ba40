/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.provider;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.connector.keycloak.password.PasswordWriter;
import io.passbridge.connector.keycloak.session.AdminApi;
import io.passbridge.connector.keycloak.session.Json;
import io.passbridge.connector.keycloak.session.SideBySide;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.SourceAnchor;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes through the endpoint of our provider: many users a request, one transaction each, the
 * versions compared there.
 */
public final class BatchPasswords implements PasswordWriter {
    /** More than this makes a request long without making the whole faster. */
    private static final int USEFUL_ITEMS = 100;

    /** The most that one item takes: the longest value, escaped, and the rest. */
    private static final int ITEM_BYTES = 10_000;

    private static final int CONNECTIONS = 2;

    private final AdminApi api;
    private final ProviderDescription provider;
    private final boolean endSessions;
    private final LocalDate today;

    public BatchPasswords(
            AdminApi api, ProviderDescription provider, boolean endSessions, LocalDate today) {
        this.today = today;
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
        return new SideBySide<>(parts(items), this::writePart, CONNECTIONS).run();
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
        JsonObjectBuilder state =
                Json.object()
                        .add("enabled", update.state().mayStillSignIn())
                        .add("mustChange", update.state().has(Flag.MUST_CHANGE_PASSWORD));
        if (update.state().has(Flag.DELETED)) {
            state.add("deletedOn", today.toString());
        }
        JsonObjectBuilder json =
                Json.object()
                        .add("id", item.id())
                        .add("version", update.version().toString())
                        .add("changedAt", update.changedAt().toEpochMilli())
                        .add("state", state)
                        .add("endSessions", endSessions && update.digest().isPresent());
        update.digest()
                .ifPresent(
                        digest ->
                                json.add("scheme", digest.scheme()).add("value", digest.encoded()));
        return json;
    }

    private static JsonObject result(List<Item> part, JsonArray results, int index)
            throws ConnectorException {
        return BatchResults.at(results, index, part.size(), "id", part.get(index).id());
    }

    private static ItemOutcome outcome(Item item, JsonObject result) throws ConnectorException {
        return new ItemOutcome(
                item.update().anchor(),
                BatchResults.outcome(result),
                Json.text(result, "detail", ""));
    }
}
