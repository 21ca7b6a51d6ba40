/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import io.passbridge.connector.AccountRehearsal;
import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.keycloak.session.AdminApi;
import io.passbridge.connector.keycloak.settings.Settings;
import io.passbridge.connector.keycloak.user.NamesOfUser;
import io.passbridge.connector.keycloak.user.UserProfile;
import io.passbridge.connector.keycloak.user.Users;
import io.passbridge.credential.Account;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The realm's users: created, taken over where the configuration says so, and kept up to date. */
final class KeycloakAccounts implements AccountTarget, AccountRehearsal {
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
        return write(batch, false);
    }

    @Override
    public List<ItemOutcome> rehearse(List<Account> batch) throws ConnectorException {
        return write(batch, true);
    }

    private List<ItemOutcome> write(List<Account> batch, boolean rehearsal)
            throws ConnectorException {
        UserProfile profile = UserProfile.ask(api);
        Map<Account, ItemOutcome> refused = new HashMap<>();
        List<Account> kept = new ArrayList<>(batch.size());
        for (Account account : batch) {
            Set<String> dropped =
                    profile.dropped(
                            NamesOfUser.attributes(account, settings.anchorAttribute()).keySet());
            if (dropped.isEmpty()) {
                kept.add(account);
            } else {
                refused.put(account, refusal(account, dropped));
            }
        }
        Iterator<ItemOutcome> written =
                kept.isEmpty()
                        ? Collections.emptyIterator()
                        : Server.users(api, settings, users, rehearsal).write(kept).iterator();
        return batch.stream()
                .map(account -> Optional.ofNullable(refused.get(account)).orElseGet(written::next))
                .toList();
    }

    private static ItemOutcome refusal(Account account, Set<String> dropped) {
        return new ItemOutcome(
                account.anchor(),
                Outcome.REJECTED,
                "the realm's user profile does not keep "
                        + String.join(", ", dropped)
                        + "; "
                        + UserProfile.REMEDY
                        + ", or declare them there");
    }
}
