/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.provider;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.keycloak.session.AdminApi;
import io.passbridge.connector.keycloak.session.Json;
import io.passbridge.connector.keycloak.session.SideBySide;
import io.passbridge.connector.keycloak.settings.Settings;
import io.passbridge.connector.keycloak.user.NamesOfUser;
import io.passbridge.connector.keycloak.user.UserWriter;
import io.passbridge.connector.keycloak.user.Users;
import io.passbridge.credential.Account;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes users through the endpoint of our provider: many a request, one transaction each. */
public final class BatchUsers implements UserWriter {
    /** More than this makes a request long without making the whole faster. */
    private static final int USEFUL_ITEMS = 100;

    /** For what stands around the items of a request. */
    private static final int FRAME_BYTES = 1_000;

    private static final int CONNECTIONS = 2;

    private static final String PATH = ProviderDescription.PATH + "/users";

    private final AdminApi api;
    private final ProviderDescription provider;
    private final Settings settings;
    private final Users users;
    private final boolean rehearsal;

    public BatchUsers(
            AdminApi api,
            ProviderDescription provider,
            Settings settings,
            Users users,
            boolean rehearsal) {
        this.rehearsal = rehearsal;
        this.api = api;
        this.provider = provider;
        this.settings = settings;
        this.users = users;
    }

    /** An account as it is sent. */
    private record Item(Account account, JsonObject json) {}

    @Override
    public List<ItemOutcome> write(List<Account> batch) throws ConnectorException {
        return new SideBySide<>(parts(batch), this::writePart, CONNECTIONS).run();
    }

    /** As many items a request as the provider takes. */
    private List<List<Item>> parts(List<Account> batch) {
        List<List<Item>> parts = new ArrayList<>();
        List<Item> part = new ArrayList<>();
        int bytes = FRAME_BYTES;
        for (Account account : batch) {
            JsonObject json = json(account);
            int size = json.toString().getBytes(StandardCharsets.UTF_8).length + 1;
            boolean full =
                    part.size() >= Math.min(USEFUL_ITEMS, provider.maxItems())
                            || bytes + size > provider.maxBytes();
            if (full && !part.isEmpty()) {
                parts.add(part);
                part = new ArrayList<>();
                bytes = FRAME_BYTES;
            }
            part.add(new Item(account, json));
            bytes += size;
        }
        parts.add(part);
        return parts;
    }

    private static JsonObject json(Account account) {
        JsonObjectBuilder json = Json.object().add("anchor", account.anchor().value());
        NamesOfUser.fields(account).forEach(json::add);
        JsonObjectBuilder attributes = Json.object();
        account.attributes().forEach((name, values) -> attributes.add(name, Json.array(values)));
        return json.add("attributes", attributes).build();
    }

    private List<ItemOutcome> writePart(List<Item> part) throws ConnectorException {
        JsonArrayBuilder items = Json.array();
        part.forEach(item -> items.add(item.json()));
        JsonObject request =
                Json.object()
                        .add("anchorAttribute", settings.anchorAttribute())
                        .add("match", settings.match().name().toLowerCase(Locale.ROOT))
                        .add("create", settings.create())
                        .add("rehearse", rehearsal)
                        .add("items", items)
                        .build();
        JsonArray results =
                Json.list(
                        (rehearsal ? api.ask(PATH, request) : api.change("POST", PATH, request))
                                .object(),
                        "results");
        List<ItemOutcome> outcomes = new ArrayList<>(part.size());
        for (int i = 0; i < part.size(); i++) {
            Account account = part.get(i).account();
            JsonObject result =
                    BatchResults.at(results, i, part.size(), "anchor", account.anchor().value());
            outcomes.add(outcome(account, result));
        }
        return outcomes;
    }

    private ItemOutcome outcome(Account account, JsonObject result) throws ConnectorException {
        Outcome outcome = BatchResults.outcome(result);
        String id = Json.text(result, "id", "");
        if (!id.isEmpty() && (outcome == Outcome.APPLIED || outcome == Outcome.ALREADY)) {
            users.remember(account.anchor(), id);
        }
        String detail = Json.text(result, "detail", "");
        return new ItemOutcome(account.anchor(), outcome, told(account, outcome, detail));
    }

    private String told(Account account, Outcome outcome, String detail) {
        switch (outcome) {
            case APPLIED:
                return rehearsal ? detail : NamesOfUser.missing(account);
            case REJECTED:
                return "Keycloak does not take user '%s': %s"
                        .formatted(account.loginName(), NamesOfUser.refusal(detail));
            case CONFLICT:
                return "user '%s': %s".formatted(account.loginName(), detail);
            case NO_SUCH_USER:
                return detail + ", and users = match-only creates none";
            default:
                return detail;
        }
    }
}
