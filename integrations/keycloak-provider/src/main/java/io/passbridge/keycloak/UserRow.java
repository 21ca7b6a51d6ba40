/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.cache.UserCache;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * A user as the database has it, past the cache, and locked to the end of the transaction: what is
 * compared is what is then replaced.
 */
record UserRow(KeycloakSession session, RealmModel realm, UserModel user) {
    /** Empty if the realm's own database has no such user. */
    static Optional<UserRow> lock(KeycloakSession session, RealmModel realm, String id) {
        UserEntity row =
                entities(session).find(UserEntity.class, id, LockModeType.PESSIMISTIC_WRITE);
        return row == null
                ? Optional.empty()
                : Optional.ofNullable(users(session).getUserById(realm, id))
                        .map(user -> new UserRow(session, realm, user));
    }

    static EntityManager entities(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** The users of the database, without those of other stores and without the cache. */
    static UserProvider users(KeycloakSession session) {
        return session.getProvider(UserProvider.class);
    }

    /** Every server of the cluster reads the user afresh after this transaction. */
    void changed() {
        UserCache cache = session.getProvider(UserCache.class);
        if (cache != null) {
            cache.evict(realm, user);
        }
    }
}
