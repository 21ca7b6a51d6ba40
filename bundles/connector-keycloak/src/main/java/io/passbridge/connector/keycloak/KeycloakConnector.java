/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import io.passbridge.connector.AccountRehearsal;
import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorContext;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.PasswordHoldings;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.keycloak.session.AdminApi;
import io.passbridge.connector.keycloak.settings.Settings;
import io.passbridge.connector.keycloak.user.Departed;
import io.passbridge.connector.keycloak.user.Users;
import io.passbridge.health.Finding;
import java.util.List;
import java.util.Optional;

/** One realm of one Keycloak. */
final class KeycloakConnector implements Connector {
    private final ConnectorContext context;
    private final Settings settings;
    private final AdminApi api;
    private final KeycloakPasswords passwords;
    private final KeycloakAccounts accounts;
    private final KeycloakHoldings holdings;

    KeycloakConnector(ConnectorContext context, Settings settings) throws ConnectorException {
        this.context = context;
        this.settings = settings;
        this.api = new AdminApi(context, settings);
        Users users = new Users(api, settings.anchorAttribute());
        this.passwords =
                new KeycloakPasswords(
                        api,
                        settings,
                        users,
                        new Departed(api, context, settings.deleteAfterDays()));
        this.holdings = new KeycloakHoldings(api, users);
        this.accounts = new KeycloakAccounts(api, settings, users);
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        if (type == PasswordTarget.class) {
            return Optional.of(type.cast(passwords));
        }
        if (type == PasswordHoldings.class) {
            return Optional.of(type.cast(holdings));
        }
        return type == AccountTarget.class || type == AccountRehearsal.class
                ? Optional.of(type.cast(accounts))
                : Optional.empty();
    }

    @Override
    public List<Finding> test() {
        String subject = "connector " + context.configuration().instance();
        try (AdminApi fresh = new AdminApi(context, settings)) {
            return new Inspection(fresh, settings, context.clock(), subject).findings();
        } catch (ConnectorException e) {
            return List.of(Finding.error(subject, e.getMessage(), "correct caFile"));
        }
    }

    @Override
    public void close() {
        api.close();
    }
}
