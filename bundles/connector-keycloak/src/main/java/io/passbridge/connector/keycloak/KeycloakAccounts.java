/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.credential.Account;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The realm's users: created, taken over where the configuration says so, and kept up to date. */
final class KeycloakAccounts implements AccountTarget {
    /** Keycloak keeps these in lower case. */
    private static final Set<String> CASELESS = Set.of("username", "email");

    private final AdminApi api;
    private final Settings settings;
    private final Users users;

    KeycloakAccounts(AdminApi api, Settings settings, Users users) {
        this.api = api;
        this.settings = settings;
        this.users = users;
    }

    @Override
    public List<ItemOutcome> provision(List<Account> batch) throws ConnectorException {
        List<ItemOutcome> outcomes = new ArrayList<>(batch.size());
        for (Account account : batch) {
            try {
                outcomes.add(provision(account));
            } catch (ConnectorException e) {
                if (e.kind() == Kind.CONFLICT) {
                    outcomes.add(outcome(account, Outcome.CONFLICT, e.getMessage()));
                } else if (e.kind() == Kind.UNREACHABLE && !outcomes.isEmpty()) {
                    throw new ConnectorException(Kind.OUTCOME_UNKNOWN, e.getMessage());
                } else {
                    throw e;
                }
            }
        }
        return outcomes;
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
        JsonObjectBuilder user = Json.object().add("enabled", true);
        wanted(account).forEach(user::add);
        user.add(
                "attributes",
                Json.object()
                        .add(
                                settings.anchorAttribute(),
                                Json.array().add(account.anchor().value())));
        Answer answer = api.change("POST", "/users", user.build(), 400, 409);
        if (answer.good()) {
            String location = answer.location();
            users.remember(account.anchor(), location.substring(location.lastIndexOf('/') + 1));
        }
        return outcome(account, answer);
    }

    private ItemOutcome update(KeycloakUser user, Account account) throws ConnectorException {
        JsonObjectBuilder changed = user.with(settings.anchorAttribute(), account.anchor().value());
        boolean different =
                !user.attribute(settings.anchorAttribute()).equals(account.anchor().value());
        for (Map.Entry<String, String> field : wanted(account).entrySet()) {
            String name = field.getKey();
            changed.add(name, field.getValue());
            different |=
                    CASELESS.contains(name)
                            ? !user.text(name).equalsIgnoreCase(field.getValue())
                            : !user.text(name).equals(field.getValue());
        }
        if (!different) {
            return ItemOutcome.already(account.anchor());
        }
        JsonObject json = changed.build();
        Answer answer = api.change("PUT", "/users/" + user.id(), json, 400, 404, 409);
        if (answer.good()) {
            users.remember(account.anchor(), user.id());
        }
        return outcome(account, answer);
    }

    /** What the source says of the user; what it does not know stays as it is. */
    private static Map<String, String> wanted(Account account) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("username", account.loginName());
        fields.put("email", account.mail());
        fields.put("firstName", account.givenName());
        fields.put("lastName", account.familyName());
        fields.values().removeIf(String::isEmpty);
        return fields;
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
                                + answer.reason()
                                + (answer.reason().contains("read-only")
                                        ? "; to rename users, turn on 'Edit username' in Realm"
                                                + " settings, Login"
                                        : ""));
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
                return outcome(account, Outcome.APPLIED, missing(account));
        }
    }

    /** What keeps the user from signing in under Keycloak's usual user profile. */
    private static String missing(Account account) {
        Set<String> missing = new TreeSet<>(Set.of("email", "firstName", "lastName"));
        missing.removeAll(wanted(account).keySet());
        return missing.isEmpty()
                ? ""
                : "without "
                        + String.join(", ", missing)
                        + "; where the user profile requires them, sign-in says 'Account is not"
                        + " fully set up'";
    }

    private static ItemOutcome outcome(Account account, Outcome outcome, String detail) {
        return new ItemOutcome(account.anchor(), outcome, detail);
    }
}
