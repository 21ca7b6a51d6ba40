/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.cache.UserCache;
import org.keycloak.models.jpa.entities.CredentialEntity;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * A user as the database has it, past the cache, and locked to the end of the transaction: what is
 * compared is what is then replaced.
 */
record UserRow(KeycloakSession session, RealmModel realm, UserModel user, UserEntity entity) {
    /**
     * Locks several rows by one statement, always in the same order, for whoever then asks for each
     * of them.
     */
    static void lock(KeycloakSession session, Collection<String> ids) {
        if (ids.size() > 1) {
            entities(session)
                    .createQuery(
                            "SELECT u FROM UserEntity u WHERE u.id IN (:ids) ORDER BY u.id",
                            UserEntity.class)
                    .setParameter("ids", ids)
                    .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                    .getResultList();
        }
    }

    /** Empty if the realm's own database has no such user. */
    static Optional<UserRow> lock(KeycloakSession session, RealmModel realm, String id) {
        UserEntity row =
                entities(session).find(UserEntity.class, id, LockModeType.PESSIMISTIC_WRITE);
        return row == null
                ? Optional.empty()
                : Optional.ofNullable(users(session).getUserById(realm, id))
                        .map(user -> new UserRow(session, realm, user, row));
    }

    static EntityManager entities(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** The users of the database, without those of other stores and without the cache. */
    static UserProvider users(KeycloakSession session) {
        return session.getProvider(UserProvider.class);
    }

    /**
     * The user's passwords and other credentials. They are loaded for all users of the transaction
     * at once, where Keycloak's own store asks for each.
     */
    List<CredentialModel> credentials() {
        return entity.getCredentials().stream().map(UserRow::model).toList();
    }

    private static CredentialModel model(CredentialEntity held) {
        CredentialModel model = new CredentialModel();
        model.setId(held.getId());
        model.setType(held.getType());
        model.setCreatedDate(held.getCreatedDate());
        model.setUserLabel(held.getUserLabel());
        model.setSecretData(held.getSecretData());
        model.setCredentialData(held.getCredentialData());
        return model;
    }

    /** Every server of the cluster reads the user afresh after this transaction. */
    void changed() {
        UserCache cache = session.getProvider(UserCache.class);
        if (cache != null) {
            cache.evict(realm, user);
        }
    }
}
