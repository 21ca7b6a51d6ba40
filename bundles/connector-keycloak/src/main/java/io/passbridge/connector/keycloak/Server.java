/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.keycloak.password.AdminPasswords;
import io.passbridge.connector.keycloak.password.ImportedHash;
import io.passbridge.connector.keycloak.password.PasswordWriter;
import io.passbridge.connector.keycloak.provider.BatchPasswords;
import io.passbridge.connector.keycloak.provider.BatchUsers;
import io.passbridge.connector.keycloak.provider.ProviderDescription;
import io.passbridge.connector.keycloak.session.AdminApi;
import io.passbridge.connector.keycloak.session.Answer;
import io.passbridge.connector.keycloak.session.Json;
import io.passbridge.connector.keycloak.settings.Settings;
import io.passbridge.connector.keycloak.user.AdminUsers;
import io.passbridge.connector.keycloak.user.NameExchange;
import io.passbridge.connector.keycloak.user.UserWriter;
import io.passbridge.connector.keycloak.user.Users;
import jakarta.json.JsonObject;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/** What the server can do, found out when it is first asked. */
final class Server {
    private Server() {}

    /**
     * The way in which passwords are written to this server.
     *
     * @param today the day that is kept with users whom the source has deleted
     * @throws ConnectorException of kind {@code CONFIGURATION} if its provider keeps another
     *     contract
     */
    static PasswordWriter writer(AdminApi api, Settings settings, LocalDate today)
            throws ConnectorException {
        Optional<ProviderDescription> provider = ProviderDescription.ask(api);
        if (provider.isEmpty()) {
            return new AdminPasswords(
                    api, settings, ImportedHash.schemes(hashProviders(api)), today);
        }
        return new BatchPasswords(api, kept(provider.get()), settings.endSessions(), today);
    }

    /**
     * The way in which users are written to this server.
     *
     * @param rehearsal whether nothing is written, and only told what would be
     * @throws ConnectorException of kind {@code CONFIGURATION} if its provider keeps another
     *     contract
     */
    static UserWriter users(AdminApi api, Settings settings, Users users, boolean rehearsal)
            throws ConnectorException {
        Optional<ProviderDescription> provider = ProviderDescription.ask(api);
        UserWriter writer =
                provider.isPresent()
                                && kept(provider.get()).users()
                                && (!rehearsal || provider.get().rehearses())
                        ? new BatchUsers(api, provider.get(), settings, users, rehearsal)
                        : new AdminUsers(api, settings, users, rehearsal);
        return rehearsal ? writer : new NameExchange(writer, api, users);
    }

    private static ProviderDescription kept(ProviderDescription provider)
            throws ConnectorException {
        if (provider.contract() != ProviderDescription.CONTRACT) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "the provider %s in Keycloak keeps contract %d, this connector %d; install the one of this version"
                            .formatted(
                                    provider.version(),
                                    provider.contract(),
                                    ProviderDescription.CONTRACT));
        }
        return provider;
    }

    /** The ids of the server's hash providers; empty if the account may not see them. */
    static Set<String> hashProviders(AdminApi api) throws ConnectorException {
        Answer answer = api.serverInfo();
        JsonObject spi = Json.child(Json.child(answer.object(), "providers"), "password-hashing");
        return Json.child(spi, "providers").keySet();
    }
}
