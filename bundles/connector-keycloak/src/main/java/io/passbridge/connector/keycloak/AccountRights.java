/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import io.passbridge.connector.keycloak.session.Json;
import io.passbridge.connector.keycloak.settings.Settings;
import io.passbridge.health.Finding;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the service account may do, as its token says.
 *
 * @param management roles of {@code realm-management} in its realm
 * @param elsewhere administrative roles outside of its realm, each with where
 */
record AccountRights(Set<String> management, Set<String> elsewhere) {
    private static final String MANAGE_USERS = "manage-users";

    /** What the connector needs, and what comes with it. */
    private static final Set<String> NEEDED =
            Set.of(MANAGE_USERS, "view-users", "query-users", "query-groups");

    /** Realm roles of the realm {@code master} that reach into every realm. */
    private static final Set<String> OF_THE_SERVER = Set.of("admin", "create-realm");

    private static final String OF_A_REALM = "-realm";

    static AccountRights of(TokenClaims token) {
        JsonObject object = token.claims();
        JsonObject clients = Json.child(object, "resource_access");
        Set<String> elsewhere = new TreeSet<>();
        for (String role : roles(Json.child(object, "realm_access"))) {
            if (OF_THE_SERVER.contains(role)) {
                elsewhere.add(role + " of the whole server");
            }
        }
        for (String client : clients.keySet()) {
            if (client.endsWith(OF_A_REALM)) {
                String realm = client.substring(0, client.length() - OF_A_REALM.length());
                elsewhere.add(
                        roles(Json.child(clients, client)).stream()
                                .collect(Collectors.joining(", ", "", " of realm " + realm)));
            }
        }
        return new AccountRights(roles(Json.child(clients, "realm-management")), elsewhere);
    }

    private static Set<String> roles(JsonObject holder) {
        return Json.list(holder, "roles").stream()
                .filter(JsonString.class::isInstance)
                .map(role -> ((JsonString) role).getString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    List<Finding> findings(String subject, Settings settings) {
        List<Finding> findings = new ArrayList<>();
        Set<String> excess = new TreeSet<>(management);
        excess.removeAll(NEEDED);
        if (management.isEmpty() && elsewhere.isEmpty()) {
            findings.add(
                    Finding.note(
                            subject,
                            "the token does not say which rights the service account has",
                            "if they are too many, only the administrator of the realm can see"
                                    + " it: Clients, "
                                    + settings.clientId()
                                    + ", Service account roles"));
        } else if (!management.contains(MANAGE_USERS) && elsewhere.isEmpty()) {
            findings.add(
                    Finding.error(
                            subject,
                            "the service account has "
                                    + String.join(", ", management)
                                    + " and not manage-users: it reads users and cannot write them",
                            remedy(settings)));
        }
        if (excess.contains("realm-admin")) {
            findings.add(
                    tooMuch(
                            subject,
                            "realm-admin: it administers the whole realm",
                            "take realm-admin of realm-management away; manage-users is enough"));
        } else if (!excess.isEmpty()) {
            findings.add(
                    tooMuch(
                            subject,
                            String.join(", ", excess),
                            "take these roles of realm-management away; manage-users is enough"));
        }
        if (!elsewhere.isEmpty()) {
            findings.add(
                    tooMuch(
                            subject,
                            String.join("; ", elsewhere),
                            "use a client in realm "
                                    + settings.realm()
                                    + " without roles of other realms"));
        }
        return findings;
    }

    private static Finding tooMuch(String subject, String what, String remedy) {
        return Finding.warning(
                subject, "the service account has more rights than it needs: " + what, remedy);
    }

    static String remedy(Settings settings) {
        return "realm "
                + settings.realm()
                + ", Clients, "
                + settings.clientId()
                + ", Service account roles: assign manage-users of realm-management";
    }
}
