/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.password;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.connector.keycloak.session.AdminApi;
import io.passbridge.connector.keycloak.session.Answer;
import io.passbridge.connector.keycloak.session.Json;
import io.passbridge.connector.keycloak.settings.Settings;
import io.passbridge.connector.keycloak.user.Departed;
import io.passbridge.connector.keycloak.user.KeycloakUser;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes through Keycloak's own administration interface, one user a request: for servers without
 * our provider. The version that was dealt with stands in a user attribute; the label of the
 * credential names the version that it came with, and outlives a hashing anew.
 */
public final class AdminPasswords implements PasswordWriter {
    /** The user attribute that holds version and state. */
    public static final String VERSION_ATTRIBUTE = "passbridgeVersion";

    private static final String LABEL = "Passbridge ";
    private static final String UPDATE_PASSWORD = "UPDATE_PASSWORD";

    private final AdminApi api;
    private final Settings settings;
    private final Set<String> schemes;
    private final LocalDate today;

    /**
     * @param today the day that is kept with users whom the source has deleted
     * @param schemes those of {@link ImportedHash} that the server has a provider for
     */
    public AdminPasswords(AdminApi api, Settings settings, Set<String> schemes, LocalDate today) {
        this.today = today;
        this.api = api;
        this.settings = settings;
        this.schemes = Set.copyOf(schemes);
    }

    @Override
    public Set<String> schemes() {
        return schemes;
    }

    @Override
    public boolean mayBeUndone() {
        return true;
    }

    @Override
    public List<ItemOutcome> write(List<Item> items) throws ConnectorException {
        List<ItemOutcome> outcomes = new ArrayList<>(items.size());
        for (Item item : items) {
            try {
                outcomes.add(write(item));
            } catch (ConnectorException e) {
                throw outcomes.isEmpty() || e.kind() != Kind.UNREACHABLE
                        ? e
                        : new ConnectorException(Kind.OUTCOME_UNKNOWN, e.getMessage());
            }
        }
        return outcomes;
    }

    private ItemOutcome write(Item item) throws ConnectorException {
        PasswordUpdate update = item.update();
        Answer found = api.get("/users/" + item.id(), 404);
        if (!found.good()) {
            return outcome(update, Outcome.NO_SUCH_USER, "the realm has no such user any more");
        }
        KeycloakUser user = new KeycloakUser(found.object());
        Optional<WrittenVersion> before = WrittenVersion.parse(user.attribute(VERSION_ATTRIBUTE));
        WrittenVersion now = new WrittenVersion(update.version(), update.state());
        if (before.isPresent() && before.get().version().compareTo(update.version()) > 0) {
            return outcome(update, Outcome.CONFLICT, "Keycloak holds a newer version");
        }
        JsonObjectBuilder changed = user.with(marks(user, now));
        boolean samePassword = true;
        boolean ownPassword = false;
        if (update.digest().isPresent()) {
            Optional<JsonObject> credential = credential(item.id());
            samePassword = credential.filter(held -> label(held).equals(label(update))).isPresent();
            if (!samePassword) {
                ownPassword = credential.filter(held -> foreignAndNewer(held, update)).isPresent();
                try {
                    JsonObject password = credential(update);
                    if (!ownPassword) {
                        changed.add("credentials", Json.array().add(password));
                    }
                } catch (IllegalArgumentException e) {
                    return outcome(update, Outcome.REJECTED, e.getMessage());
                }
            }
        }
        if (ownPassword) {
            return keepOwn(item, user);
        }
        if (samePassword && before.equals(Optional.of(now))) {
            return ItemOutcome.already(update.anchor());
        }
        return put(item, state(changed, user, update.state()).build(), !samePassword);
    }

    /** The attributes of our own. */
    private Map<String, List<String>> marks(KeycloakUser user, WrittenVersion now) {
        Map<String, List<String>> marks = new HashMap<>();
        marks.put(VERSION_ATTRIBUTE, List.of(now.toString()));
        if (!now.state().has(AccountState.Flag.DELETED)) {
            marks.put(Departed.ATTRIBUTE, List.of());
        } else if (user.attribute(Departed.ATTRIBUTE).isEmpty()) {
            marks.put(Departed.ATTRIBUTE, List.of(today.toString()));
        }
        return marks;
    }

    /** Leaves a password that somebody set since, but lets nobody in who may not. */
    private ItemOutcome keepOwn(Item item, KeycloakUser user) throws ConnectorException {
        boolean enabled = item.update().state().mayStillSignIn();
        if (user.enabled() != enabled) {
            ItemOutcome changed =
                    put(item, Json.object(user.json()).add("enabled", enabled).build(), false);
            if (changed.outcome() != Outcome.APPLIED) {
                return changed;
            }
        }
        return outcome(
                item.update(),
                Outcome.CONFLICT,
                "the password was set in Keycloak itself after it changed at the source");
    }

    private ItemOutcome put(Item item, JsonObject user, boolean newPassword)
            throws ConnectorException {
        Answer answer = api.change("PUT", "/users/" + item.id(), user, 400, 404, 409, 500);
        SourceAnchor anchor = item.update().anchor();
        switch (answer.status()) {
            case 400:
                return new ItemOutcome(anchor, Outcome.REJECTED, answer.reason());
            case 404:
                return new ItemOutcome(anchor, Outcome.NO_SUCH_USER, answer.reason());
            case 409:
            case 500:
                // a sign-in at the same moment takes the optimistic lock
                return new ItemOutcome(anchor, Outcome.RETRY, answer.reason());
            default:
                if (newPassword && settings.endSessions()) {
                    api.change("POST", "/users/" + item.id() + "/logout", JsonValue.NULL, 404);
                }
                return ItemOutcome.applied(anchor);
        }
    }

    private static JsonObjectBuilder state(
            JsonObjectBuilder changed, KeycloakUser user, AccountState state) {
        Set<String> actions = user.requiredActions();
        if (state.has(AccountState.Flag.MUST_CHANGE_PASSWORD)) {
            actions.add(UPDATE_PASSWORD);
        } else {
            actions.remove(UPDATE_PASSWORD);
        }
        return changed.add("enabled", state.mayStillSignIn())
                .add("requiredActions", Json.array(actions));
    }

    private static JsonObject credential(PasswordUpdate update) {
        return ImportedHash.of(update.digest().orElseThrow())
                .credential()
                .add("createdDate", Math.max(1, update.changedAt().toEpochMilli()))
                .add("userLabel", label(update))
                .build();
    }

    private Optional<JsonObject> credential(String id) throws ConnectorException {
        return credential(api, id);
    }

    /** The password that the server holds, without its secret part. */
    private static Optional<JsonObject> credential(AdminApi api, String id)
            throws ConnectorException {
        for (JsonValue value : api.get("/users/" + id + "/credentials", 404).array()) {
            if (value instanceof JsonObject credential
                    && Json.text(credential, "type", "").equals("password")) {
                return Optional.of(credential);
            }
        }
        return Optional.empty();
    }

    /**
     * The version that a user's password came with, however it was written; empty if it was set in
     * Keycloak, or there is none.
     */
    public static Optional<ChangeVersion> heldVersion(AdminApi api, String id)
            throws ConnectorException {
        return credential(api, id)
                .map(AdminPasswords::label)
                .filter(label -> label.startsWith(LABEL))
                .flatMap(label -> version(label.substring(LABEL.length())));
    }

    private static Optional<ChangeVersion> version(String text) {
        try {
            return Optional.of(ChangeVersion.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean foreignAndNewer(JsonObject held, PasswordUpdate update) {
        return !label(held).startsWith(LABEL)
                && held.get("createdDate") instanceof JsonNumber created
                && created.longValue() > update.changedAt().toEpochMilli();
    }

    private static String label(JsonObject credential) {
        return Json.text(credential, "userLabel", "");
    }

    private static String label(PasswordUpdate update) {
        return LABEL + update.version();
    }

    @Override
    public Set<SourceAnchor> undone(List<Item> items) throws ConnectorException {
        Set<SourceAnchor> undone = new HashSet<>();
        for (Item item : items) {
            Optional<JsonObject> held = credential(item.id());
            if (held.filter(now -> label(now).equals(label(item.update()))).isEmpty()) {
                undone.add(item.update().anchor());
            }
        }
        return undone;
    }

    private static ItemOutcome outcome(PasswordUpdate update, Outcome outcome, String detail) {
        return new ItemOutcome(update.anchor(), outcome, detail);
    }
}
