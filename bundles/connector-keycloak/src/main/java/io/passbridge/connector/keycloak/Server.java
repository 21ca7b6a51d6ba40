/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/** What the server can do, found out when it is first asked. */
final class Server {
    private Server() {}

    /**
     * The way in which passwords are written to this server.
     *
     * @throws ConnectorException of kind {@code CONFIGURATION} if its provider keeps another
     *     contract
     */
    static PasswordWriter writer(AdminApi api, Settings settings) throws ConnectorException {
        Optional<ProviderDescription> provider = ProviderDescription.ask(api);
        if (provider.isEmpty()) {
            return new AdminPasswords(api, settings, ImportedHash.schemes(hashProviders(api)));
        }
        if (provider.get().contract() != ProviderDescription.CONTRACT) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "the provider %s in Keycloak keeps contract %d, this connector %d; install the one of this version"
                            .formatted(
                                    provider.get().version(),
                                    provider.get().contract(),
                                    ProviderDescription.CONTRACT));
        }
        return new BatchPasswords(api, provider.get(), settings.endSessions());
    }

    /** The ids of the server's hash providers; empty if the account may not see them. */
    static Set<String> hashProviders(AdminApi api) throws ConnectorException {
        Answer answer = api.serverInfo();
        JsonObject spi = Json.child(Json.child(answer.object(), "providers"), "password-hashing");
        return Json.child(spi, "providers").keySet();
    }
}
