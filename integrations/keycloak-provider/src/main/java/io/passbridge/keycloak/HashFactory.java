/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.credential.hash.PasswordHashProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.RealmModel;

/** Makes the hash provider under one of its ids. */
abstract class HashFactory implements PasswordHashProviderFactory {
    /** Whoever hashes under one of these leaves synchronised passwords alone. */
    private static final Set<String> IDS =
            Stream.concat(
                            Stream.of(DefaultHashFactory.ID),
                            Arrays.stream(HashAlgorithm.values()).map(HashAlgorithm::id))
                    .collect(Collectors.toUnmodifiableSet());

    private final String id;

    HashFactory(String id) {
        this.id = id;
    }

    /** The id of the server's default hash provider. */
    static String serverDefault(KeycloakSession session) {
        return session.getKeycloakSessionFactory()
                .getProviderFactory(PasswordHashProvider.class)
                .getId();
    }

    /** Whether Keycloak itself hashes synchronised passwords of a realm anew at a good sign-in. */
    static boolean rehashes(KeycloakSession session, RealmModel realm) {
        PasswordPolicy policy = realm.getPasswordPolicy();
        String chosen = policy == null ? null : policy.getHashAlgorithm();
        return !IDS.contains(chosen == null ? serverDefault(session) : chosen);
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public PasswordHashProvider create(KeycloakSession session) {
        return new SynchronizedHash(session);
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
