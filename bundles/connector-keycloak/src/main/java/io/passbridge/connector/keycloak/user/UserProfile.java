/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak.user;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.keycloak.session.AdminApi;
import io.passbridge.connector.keycloak.session.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which user attributes the realm keeps: others it drops without a word.
 *
 * @param declared by their names
 * @param required of these, to sign in
 * @param policy for attributes that are not declared, as Keycloak names it
 */
public record UserProfile(Set<String> declared, Set<String> required, String policy) {
    public static final String REMEDY =
            "Realm settings, General, Unmanaged attributes: choose 'Only administrators can write'";

    public static UserProfile ask(AdminApi api) throws ConnectorException {
        JsonObject profile = api.get("/users/profile").object();
        Set<String> declared = new TreeSet<>();
        Set<String> required = new TreeSet<>();
        for (JsonValue value : Json.list(profile, "attributes")) {
            if (value instanceof JsonObject attribute) {
                String name = Json.text(attribute, "name", "");
                declared.add(name);
                if (attribute.containsKey("required")) {
                    required.add(name);
                }
            }
        }
        return new UserProfile(
                declared, required, Json.text(profile, "unmanagedAttributePolicy", "DISABLED"));
    }

    /** Those of the attributes that are not declared. */
    public Set<String> undeclared(Collection<String> attributes) {
        Set<String> names = new TreeSet<>(attributes);
        names.removeAll(declared);
        return names;
    }

    /** Those of the attributes that the realm would drop. */
    public Set<String> dropped(Collection<String> attributes) {
        return keepsAll() ? Set.of() : undeclared(attributes);
    }

    public boolean keepsAll() {
        return policy.equals("ADMIN_EDIT") || policy.equals("ENABLED");
    }

    /** Whether users write what is not declared themselves. */
    public boolean isOpen() {
        return policy.equals("ENABLED");
    }
}
