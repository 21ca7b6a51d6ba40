/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.Holding;
import io.passbridge.connector.PasswordHoldings;
import io.passbridge.connector.keycloak.password.AdminPasswords;
import io.passbridge.connector.keycloak.session.AdminApi;
import io.passbridge.connector.keycloak.user.KeycloakUser;
import io.passbridge.connector.keycloak.user.Users;
import io.passbridge.credential.SourceAnchor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keycloak shows no digest to anybody, yet the label of a password says with which version of the
 * source it came; a password that was set in Keycloak has none of our labels.
 */
final class KeycloakHoldings implements PasswordHoldings {
    private final AdminApi api;
    private final Users users;

    KeycloakHoldings(AdminApi api, Users users) {
        this.api = api;
        this.users = users;
    }

    @Override
    public List<Holding> holdings(List<SourceAnchor> anchors) throws ConnectorException {
        List<Holding> holdings = new ArrayList<>(anchors.size());
        for (SourceAnchor anchor : anchors) {
            holdings.add(holding(anchor));
        }
        return holdings;
    }

    private Holding holding(SourceAnchor anchor) throws ConnectorException {
        try {
            Optional<KeycloakUser> user = users.byAnchor(anchor);
            return user.isEmpty()
                    ? new Holding.Absent(anchor)
                    : new Holding.Vouched(
                            anchor,
                            AdminPasswords.heldVersion(api, user.get().id()),
                            user.get().enabled());
        } catch (ConnectorException e) {
            if (e.kind() == Kind.CONFLICT) {
                return new Holding.Unreadable(anchor, e.getMessage());
            }
            throw e;
        }
    }
}
