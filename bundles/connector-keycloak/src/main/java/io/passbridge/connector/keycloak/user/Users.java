/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.user;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.keycloak.session.Address;
import io.passbridge.connector.keycloak.session.AdminApi;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.health.Finding;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds users of the realm. Keeps the ids of the last ones, which Keycloak never gives twice.
 * Thread-safe.
 */
public final class Users {
    private static final int KEPT = 100_000;

    private final AdminApi api;
    private final String anchorAttribute;
    private final Map<SourceAnchor, String> ids = Collections.synchronizedMap(new Recent());

    public Users(AdminApi api, String anchorAttribute) {
        this.api = api;
        this.anchorAttribute = anchorAttribute;
    }

    /**
     * The id of the user who carries an anchor.
     *
     * @throws ConnectorException of kind {@code CONFLICT} if several users carry it
     */
    public Optional<String> id(SourceAnchor anchor) throws ConnectorException {
        String known = ids.get(anchor);
        return known != null ? Optional.of(known) : byAnchor(anchor).map(KeycloakUser::id);
    }

    /** The id was found to be nobody's. */
    public void forget(SourceAnchor anchor) {
        ids.remove(anchor);
    }

    public void remember(SourceAnchor anchor, String id) {
        ids.put(anchor, id);
    }

    /**
     * The user who carries an anchor, as the server knows it now.
     *
     * @throws ConnectorException of kind {@code CONFLICT} if several users carry it
     */
    public Optional<KeycloakUser> byAnchor(SourceAnchor anchor) throws ConnectorException {
        String quoted = anchor.value().replace("\\", "\\\\").replace("\"", "\\\"");
        Optional<KeycloakUser> user =
                only(
                        "q=" + Address.segment(anchorAttribute + ":\"" + quoted + "\""),
                        // the server's search may be wider than equality
                        found -> found.attribute(anchorAttribute).equals(anchor.value()),
                        anchorAttribute + " '" + anchor + "'");
        user.ifPresent(found -> remember(anchor, found.id()));
        return user;
    }

    Optional<KeycloakUser> byName(String username) throws ConnectorException {
        return only(
                "exact=true&username=" + Address.segment(username),
                found -> found.text("username").equalsIgnoreCase(username),
                "username '" + username + "'");
    }

    Optional<KeycloakUser> byMail(String mail) throws ConnectorException {
        return only(
                "exact=true&email=" + Address.segment(mail),
                found -> found.text("email").equalsIgnoreCase(mail),
                "email '" + mail + "'");
    }

    private Optional<KeycloakUser> only(String query, Predicate<KeycloakUser> fits, String what)
            throws ConnectorException {
        List<KeycloakUser> users = new ArrayList<>();
        for (JsonValue value :
                api.get("/users?briefRepresentation=false&max=10&" + query).array()) {
            if (value instanceof JsonObject object && fits.test(new KeycloakUser(object))) {
                users.add(new KeycloakUser(object));
            }
        }
        if (users.size() > 1) {
            throw new ConnectorException(
                    Kind.CONFLICT,
                    Finding.count(users.size(), "user", "users")
                            + " of the realm have "
                            + what
                            + ": "
                            + users.stream().map(user -> user.text("username")).toList()
                            + "; leave it to one of them");
        }
        return users.stream().findFirst();
    }

    /** The last ones that were looked for. */
    private static final class Recent extends LinkedHashMap<SourceAnchor, String> {
        private static final long serialVersionUID = 1L;

        Recent() {
            super(64, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<SourceAnchor, String> eldest) {
            return size() > KEPT;
        }
    }
}
