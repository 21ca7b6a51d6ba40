/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.connector.keycloak.password.PasswordWriter;
import io.passbridge.connector.keycloak.session.AdminApi;
import io.passbridge.connector.keycloak.session.Answer;
import io.passbridge.connector.keycloak.settings.Settings;
import io.passbridge.connector.keycloak.user.Departed;
import io.passbridge.connector.keycloak.user.Users;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.SourceAnchor;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Digests and account states of the realm's users, who are found by their anchors. */
final class KeycloakPasswords implements PasswordTarget {
    /** How long a sign-in that began before a write may still undo it, in milliseconds. */
    private static final long RACE_MILLIS = 500;

    private final AdminApi api;
    private final Settings settings;
    private final Users users;
    private final Departed departed;

    KeycloakPasswords(AdminApi api, Settings settings, Users users, Departed departed) {
        this.departed = departed;
        this.api = api;
        this.settings = settings;
        this.users = users;
    }

    @Override
    public Set<String> schemes() throws ConnectorException {
        return Server.writer(api, settings, departed.today()).schemes();
    }

    @Override
    public List<ItemOutcome> apply(List<PasswordUpdate> batch) throws ConnectorException {
        PasswordWriter writer = Server.writer(api, settings, departed.today());
        Map<SourceAnchor, ItemOutcome> outcomes = new HashMap<>();
        List<PasswordWriter.Item> items = new ArrayList<>();
        List<PasswordWriter.Item> deletions = new ArrayList<>();
        for (PasswordUpdate update : batch) {
            Optional<ItemOutcome> refusal = refusal(update, writer.schemes());
            if (refusal.isPresent()) {
                outcomes.put(update.anchor(), refusal.get());
                continue;
            }
            PasswordWriter.Item item =
                    new PasswordWriter.Item(users.id(update.anchor()).orElseThrow(), update);
            boolean delete = settings.delete() && update.state().has(Flag.DELETED);
            (delete ? deletions : items).add(item);
        }
        for (ItemOutcome outcome : writer.write(items)) {
            outcomes.put(outcome.anchor(), outcome);
        }
        if (writer.mayBeUndone()) {
            takeBackUndone(writer, items, outcomes);
        }
        for (PasswordWriter.Item deletion : deletions) {
            outcomes.put(deletion.update().anchor(), delete(deletion, !items.isEmpty()));
        }
        outcomes.values().stream()
                .filter(outcome -> outcome.outcome() == Outcome.NO_SUCH_USER)
                .forEach(outcome -> users.forget(outcome.anchor()));
        try {
            departed.delete();
        } catch (ConnectorException e) {
            throw afterWrites(e, !items.isEmpty());
        }
        return batch.stream().map(update -> outcomes.get(update.anchor())).toList();
    }

    /** Why an update cannot be written, or empty; its user is known afterwards. */
    private Optional<ItemOutcome> refusal(PasswordUpdate update, Set<String> schemes)
            throws ConnectorException {
        if (update.digest().filter(digest -> !schemes.contains(digest.scheme())).isPresent()) {
            return outcome(
                    update,
                    Outcome.REJECTED,
                    "Keycloak cannot verify scheme " + update.digest().get().scheme());
        }
        try {
            if (users.id(update.anchor()).isPresent()) {
                return Optional.empty();
            }
        } catch (ConnectorException e) {
            if (e.kind() == Kind.CONFLICT) {
                return outcome(update, Outcome.CONFLICT, e.getMessage());
            }
            throw e;
        }
        AccountState state = update.state();
        return state.has(Flag.DELETED) || state.has(Flag.OUT_OF_SCOPE)
                ? Optional.of(ItemOutcome.already(update.anchor()))
                : outcome(
                        update,
                        Outcome.NO_SUCH_USER,
                        "no user of the realm has this " + settings.anchorAttribute());
    }

    /**
     * Has those tried again whose former password was stored once more by a sign-in that began
     * before the write.
     */
    private void takeBackUndone(
            PasswordWriter writer,
            List<PasswordWriter.Item> items,
            Map<SourceAnchor, ItemOutcome> outcomes)
            throws ConnectorException {
        List<PasswordWriter.Item> written =
                items.stream()
                        .filter(item -> item.update().digest().isPresent())
                        .filter(
                                item ->
                                        outcomes.get(item.update().anchor()).outcome()
                                                == Outcome.APPLIED)
                        .toList();
        if (written.isEmpty()) {
            return;
        }
        try {
            api.pause(RACE_MILLIS);
            for (SourceAnchor anchor : writer.undone(written)) {
                outcomes.put(
                        anchor,
                        new ItemOutcome(
                                anchor,
                                Outcome.RETRY,
                                "a sign-in at the same moment stored the former password again"));
            }
        } catch (ConnectorException e) {
            throw afterWrites(e, true);
        }
    }

    private ItemOutcome delete(PasswordWriter.Item item, boolean wrote) throws ConnectorException {
        try {
            Answer answer = api.change("DELETE", "/users/" + item.id(), JsonValue.NULL, 404);
            users.forget(item.update().anchor());
            return answer.good()
                    ? ItemOutcome.applied(item.update().anchor())
                    : ItemOutcome.already(item.update().anchor());
        } catch (ConnectorException e) {
            throw afterWrites(e, wrote);
        }
    }

    private static ConnectorException afterWrites(ConnectorException e, boolean wrote) {
        return wrote && e.kind() == Kind.UNREACHABLE
                ? new ConnectorException(Kind.OUTCOME_UNKNOWN, e.getMessage())
                : e;
    }

    private static Optional<ItemOutcome> outcome(
            PasswordUpdate update, Outcome outcome, String detail) {
        return Optional.of(new ItemOutcome(update.anchor(), outcome, detail));
    }
}
