/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.user;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.keycloak.session.AdminApi;
import io.passbridge.connector.keycloak.session.Answer;
import io.passbridge.connector.keycloak.session.Json;
import io.passbridge.connector.keycloak.session.SideBySide;
import io.passbridge.connector.keycloak.settings.Settings;
import io.passbridge.credential.Account;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes users through Keycloak's own administration interface, one a request. */
public final class AdminUsers implements UserWriter {
    /** As many requests at once as make the whole faster. */
    private static final int AT_ONCE = 4;

    /** Keycloak keeps these in lower case. */
    private static final Set<String> CASELESS = Set.of("username", "email");

    private final AdminApi api;
    private final Settings settings;
    private final Users users;
    private final boolean rehearsal;

    /**
     * @param rehearsal whether nothing is written, and only told what would be
     */
    public AdminUsers(AdminApi api, Settings settings, Users users, boolean rehearsal) {
        this.rehearsal = rehearsal;
        this.api = api;
        this.settings = settings;
        this.users = users;
    }

    @Override
    public List<ItemOutcome> write(List<Account> batch) throws ConnectorException {
        return new SideBySide<>(batch, account -> List.of(one(account)), AT_ONCE).run();
    }

    private ItemOutcome one(Account account) throws ConnectorException {
        try {
            return provision(account);
        } catch (ConnectorException e) {
            if (e.kind() == Kind.CONFLICT) {
                return outcome(account, Outcome.CONFLICT, e.getMessage());
            }
            throw e;
        }
    }

    private ItemOutcome provision(Account account) throws ConnectorException {
        Optional<KeycloakUser> own = users.byAnchor(account.anchor());
        if (own.isPresent()) {
            return update(own.get(), account);
        }
        Optional<KeycloakUser> match = match(account);
        if (match.isPresent()) {
            String owner = match.get().attribute(settings.anchorAttribute());
            return owner.isEmpty()
                    ? update(match.get(), account)
                    : outcome(
                            account,
                            Outcome.CONFLICT,
                            "user '"
                                    + match.get().text("username")
                                    + "' carries "
                                    + settings.anchorAttribute()
                                    + " '"
                                    + owner
                                    + "' already");
        }
        return settings.create()
                ? create(account)
                : outcome(
                        account,
                        Outcome.NO_SUCH_USER,
                        "no user of the realm fits, and users = match-only creates none");
    }

    private Optional<KeycloakUser> match(Account account) throws ConnectorException {
        switch (settings.match()) {
            case USERNAME:
                return users.byName(account.loginName());
            case EMAIL:
                return account.mail().isEmpty() ? Optional.empty() : users.byMail(account.mail());
            default:
                return Optional.empty();
        }
    }

    private ItemOutcome create(Account account) throws ConnectorException {
        if (rehearsal) {
            return outcome(account, Outcome.APPLIED, "made");
        }
        JsonObjectBuilder user = Json.object().add("enabled", true);
        NamesOfUser.fields(account).forEach(user::add);
        user.add(
                "attributes",
                KeycloakUser.attributes(JsonValue.EMPTY_JSON_OBJECT, attributes(account)));
        Answer answer = api.change("POST", "/users", user.build(), 400, 409);
        if (answer.good()) {
            String location = answer.location();
            users.remember(account.anchor(), location.substring(location.lastIndexOf('/') + 1));
        }
        return outcome(account, answer);
    }

    private ItemOutcome update(KeycloakUser user, Account account) throws ConnectorException {
        Map<String, List<String>> attributes = attributes(account);
        JsonObjectBuilder changed = user.with(attributes);
        List<String> differences = new ArrayList<>(user.differences(attributes));
        NamesOfUser.fields(account)
                .forEach(
                        (name, value) -> {
                            changed.add(name, value);
                            String held = user.text(name);
                            if (!same(name, held, value)) {
                                differences.add("%s '%s' → '%s'".formatted(name, held, value));
                            }
                        });
        if (differences.isEmpty()) {
            return ItemOutcome.already(account.anchor());
        }
        if (rehearsal) {
            return outcome(account, Outcome.APPLIED, String.join(", ", differences));
        }
        JsonObject json = changed.build();
        Answer answer = api.change("PUT", "/users/" + user.id(), json, 400, 404, 409);
        if (answer.good()) {
            users.remember(account.anchor(), user.id());
        }
        return outcome(account, answer);
    }

    private static boolean same(String name, String held, String wanted) {
        return CASELESS.contains(name) ? held.equalsIgnoreCase(wanted) : held.equals(wanted);
    }

    private Map<String, List<String>> attributes(Account account) {
        return NamesOfUser.attributes(account, settings.anchorAttribute());
    }

    private static ItemOutcome outcome(Account account, Answer answer) {
        switch (answer.status()) {
            case 400:
                return outcome(
                        account,
                        Outcome.REJECTED,
                        "Keycloak does not take user '"
                                + account.loginName()
                                + "': "
                                + NamesOfUser.refusal(answer.reason()));
            case 404:
                return outcome(account, Outcome.RETRY, "the user was deleted at the same moment");
            case 409:
                return outcome(
                        account,
                        Outcome.CONFLICT,
                        "the name '"
                                + account.loginName()
                                + "' or the mail address belongs to a user without this anchor: "
                                + answer.reason());
            default:
                return outcome(account, Outcome.APPLIED, NamesOfUser.missing(account));
        }
    }

    private static ItemOutcome outcome(Account account, Outcome outcome, String detail) {
        return new ItemOutcome(account.anchor(), outcome, detail);
    }
}
