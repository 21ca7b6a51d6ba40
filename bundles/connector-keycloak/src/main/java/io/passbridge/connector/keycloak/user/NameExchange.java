/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.user;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.keycloak.session.AdminApi;
import io.passbridge.connector.keycloak.session.Json;
import io.passbridge.credential.Account;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Lets users of one batch exchange their names and mail addresses: whoever has what another of them
 * wants, and wants something else, steps aside under a name for the moment. Between the two writes
 * such a user cannot sign in; if the second one fails, the next attempt finds the user by the
 * anchor and gives the right name.
 */
public final class NameExchange implements UserWriter {
    /** Each costs some questions, and so many conflicts have another reason. */
    private static final int MOST = 50;

    private final UserWriter writer;
    private final AdminApi api;
    private final Users users;

    /**
     * @param writer that writes each user for itself
     */
    public NameExchange(UserWriter writer, AdminApi api, Users users) {
        this.writer = writer;
        this.api = api;
        this.users = users;
    }

    /**
     * A user whose name or mail address was taken.
     *
     * @param held the user as the realm has it; empty if it has none
     * @param waitsFor the ids of the users who have to give something up first
     */
    private record Party(Account account, Optional<KeycloakUser> held, Set<String> waitsFor) {
        boolean is(Set<String> ids) {
            return held.filter(user -> ids.contains(user.id())).isPresent();
        }
    }

    @Override
    public List<ItemOutcome> write(List<Account> batch) throws ConnectorException {
        Map<Account, ItemOutcome> outcomes = new LinkedHashMap<>();
        record(outcomes, batch, writer.write(batch));
        List<Account> conflicts =
                batch.stream()
                        .filter(account -> outcomes.get(account).outcome() == Outcome.CONFLICT)
                        .toList();
        if (!conflicts.isEmpty() && conflicts.size() <= MOST) {
            List<Account> again = agreed(conflicts);
            if (!again.isEmpty()) {
                record(outcomes, again, writer.write(again));
            }
        }
        return batch.stream().map(outcomes::get).toList();
    }

    private static void record(
            Map<Account, ItemOutcome> outcomes, List<Account> batch, List<ItemOutcome> written) {
        for (int i = 0; i < batch.size(); i++) {
            outcomes.put(batch.get(i), written.get(i));
        }
    }

    /** Those who wait for nobody else than each other; their names are free now. */
    private List<Account> agreed(List<Account> conflicts) throws ConnectorException {
        List<Party> parties = new ArrayList<>();
        for (Account account : conflicts) {
            parties.add(party(account));
        }
        boolean left = true;
        while (left) {
            Set<String> here =
                    parties.stream()
                            .flatMap(party -> party.held().stream())
                            .map(KeycloakUser::id)
                            .collect(Collectors.toSet());
            left = parties.removeIf(party -> !here.containsAll(party.waitsFor()));
        }
        Set<String> inTheWay =
                parties.stream()
                        .flatMap(party -> party.waitsFor().stream())
                        .collect(Collectors.toSet());
        Set<String> mails =
                parties.stream()
                        .map(party -> party.account().mail().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
        for (Party party : parties) {
            if (party.is(inTheWay)) {
                stepAside(party.held().get(), mails);
            }
        }
        return parties.stream().map(Party::account).toList();
    }

    private Party party(Account account) throws ConnectorException {
        Optional<KeycloakUser> held = users.byAnchor(account.anchor());
        Set<String> waitsFor = new HashSet<>();
        users.byName(account.loginName()).map(KeycloakUser::id).ifPresent(waitsFor::add);
        if (!account.mail().isEmpty()) {
            users.byMail(account.mail()).map(KeycloakUser::id).ifPresent(waitsFor::add);
        }
        held.map(KeycloakUser::id).ifPresent(waitsFor::remove);
        return new Party(account, held, waitsFor);
    }

    /**
     * A realm that refuses it leaves the conflict as it is.
     *
     * @param mails that are wanted, in lower case
     */
    private void stepAside(KeycloakUser user, Set<String> mails) throws ConnectorException {
        JsonObjectBuilder aside =
                Json.object(user.json()).add("username", "exchange-" + UUID.randomUUID());
        if (mails.contains(user.text("email").toLowerCase(Locale.ROOT))) {
            aside.add("email", "");
        }
        api.change("PUT", "/users/" + user.id(), aside.build(), 400, 404, 409);
    }
}
