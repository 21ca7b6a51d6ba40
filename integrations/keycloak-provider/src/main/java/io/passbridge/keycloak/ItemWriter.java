/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.Digest;
import io.passbridge.keycloak.Result.Status;
import jakarta.persistence.EntityManager;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.common.util.Time;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.PasswordCredentialProvider;
import org.keycloak.credential.PasswordCredentialProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserModel.RequiredAction;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.jpa.JpaUserCredentialStore;
import org.keycloak.models.jpa.entities.CredentialEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Writes items within one transaction.
 *
 * <p>The version of a password stands in its label; a version without a password, in a user
 * attribute. The higher of both was dealt with.
 */
final class ItemWriter {
    /** The attribute that the connector keeps where this provider is missing: version and state. */
    private static final String VERSION_ATTRIBUTE = "passbridgeVersion";

    /** The attribute that holds the day on which the source's deletion was written. */
    private static final String DELETED_ATTRIBUTE = "passbridgeDeletedOn";

    private final KeycloakSession session;
    private final RealmModel realm;

    /**
     * @param session of the transaction
     */
    ItemWriter(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    Result write(Item item) {
        Optional<UserRow> found = UserRow.lock(session, realm, item.id());
        if (found.isEmpty()) {
            return new Result(item.id(), Status.NO_SUCH_USER, "the realm has no such user");
        }
        UserRow row = found.get();
        List<CredentialModel> credentials = row.credentials();
        Optional<CredentialModel> password = password(credentials.stream());
        Optional<ChangeVersion> written = password.flatMap(Label::version);
        Optional<ChangeVersion> dealtWith = dealtWith(row.user(), written);
        if (dealtWith.filter(held -> held.compareTo(item.version()) > 0).isPresent()) {
            return new Result(item.id(), Status.CONFLICT, "Keycloak holds a newer version");
        }
        boolean changed = enable(row.user(), item.enabled());
        changed |= depart(row.user(), item.deletedOn());
        if (item.digest().isPresent()
                && password.filter(held -> ownAndNewer(held, item)).isPresent()) {
            if (changed) {
                row.changed();
            }
            return new Result(
                    item.id(),
                    Status.CONFLICT,
                    "the password was set in Keycloak itself after it changed at the source");
        }
        changed |= require(row.user(), item.mustChange());
        if (item.digest().filter(digest -> !holds(password, item.version(), digest)).isPresent()) {
            store(row.user(), credentials, item);
            changed = true;
        } else if (!dealtWith.equals(Optional.of(item.version()))) {
            row.user().setSingleAttribute(VERSION_ATTRIBUTE, item.version() + " " + bits(item));
            changed = true;
        }
        if (changed) {
            row.changed();
        }
        return new Result(item.id(), changed ? Status.APPLIED : Status.ALREADY, "");
    }

    /** The password that a user has. */
    static Optional<CredentialModel> password(UserModel user) {
        return password(user.credentialManager().getStoredCredentialsStream());
    }

    private static Optional<CredentialModel> password(Stream<CredentialModel> credentials) {
        return credentials
                .filter(credential -> PasswordCredentialModel.TYPE.equals(credential.getType()))
                .findFirst();
    }

    private static Optional<ChangeVersion> dealtWith(
            UserModel user, Optional<ChangeVersion> written) {
        Optional<ChangeVersion> noted =
                Optional.ofNullable(user.getFirstAttribute(VERSION_ATTRIBUTE))
                        .flatMap(text -> Label.parse(text.split(" ", 2)[0]));
        return Stream.of(written, noted).flatMap(Optional::stream).max(Comparator.naturalOrder());
    }

    private static boolean ownAndNewer(CredentialModel held, Item item) {
        return Label.version(held).isEmpty()
                && held.getCreatedDate() != null
                && held.getCreatedDate() > item.changedAt();
    }

    /** Whether the version is there: in the scheme that is asked for, or in Keycloak's own. */
    private static boolean holds(
            Optional<CredentialModel> password, ChangeVersion version, Digest digest) {
        return password.flatMap(Label::version).equals(Optional.of(version))
                && HashAlgorithm.digest(password.get())
                        .map(held -> held.scheme().equals(digest.scheme()))
                        .orElse(true);
    }

    private void store(UserModel user, List<CredentialModel> credentials, Item item) {
        PasswordCredentialModel password = HashAlgorithm.password(item.digest().orElseThrow());
        password.setCreatedDate(item.changedAt());
        password.setUserLabel(Label.of(item.version()));
        Optional<CredentialModel> present = password(credentials.stream());
        if (keepsHistory(realm) || present.isEmpty() && !credentials.isEmpty()) {
            ((PasswordCredentialProvider)
                            session.getProvider(
                                    CredentialProvider.class,
                                    PasswordCredentialProviderFactory.PROVIDER_ID))
                    .createCredential(realm, user, password);
        } else {
            replace(user, present, password);
        }
        if (item.endSessions()) {
            UserRow.users(session)
                    .setNotBeforeForUser(realm, user, (int) Time.currentTimeSeconds());
        }
    }

    /** Whether former passwords stay with a user. */
    static boolean keepsHistory(RealmModel realm) {
        PasswordPolicy policy = realm.getPasswordPolicy();
        return policy != null
                && (policy.getExpiredPasswords() > 1 || policy.getPasswordAgeInDays() > 0);
    }

    /** As Keycloak's own provider does it where no history is kept, but with half the queries. */
    private void replace(
            UserModel user, Optional<CredentialModel> present, PasswordCredentialModel password) {
        EntityManager entities = UserRow.entities(session);
        CredentialEntity row =
                present.map(held -> entities.find(CredentialEntity.class, held.getId()))
                        .orElseGet(CredentialEntity::new);
        row.setCreatedDate(password.getCreatedDate());
        row.setUserLabel(password.getUserLabel());
        row.setType(password.getType());
        row.setSecretData(password.getSecretData());
        row.setCredentialData(password.getCredentialData());
        if (present.isEmpty()) {
            row.setId(KeycloakModelUtils.generateId());
            row.setUser(entities.getReference(UserEntity.class, user.getId()));
            row.setPriority(JpaUserCredentialStore.PRIORITY_DIFFERENCE);
            entities.persist(row);
        }
    }

    private static boolean enable(UserModel user, boolean enabled) {
        boolean different = user.isEnabled() != enabled;
        if (different) {
            user.setEnabled(enabled);
        }
        return different;
    }

    /** Keeps the day of the first deletion, for whoever deletes the user later. */
    private static boolean depart(UserModel user, String deletedOn) {
        boolean departed = user.getFirstAttribute(DELETED_ATTRIBUTE) != null;
        if (departed == !deletedOn.isEmpty()) {
            return false;
        }
        if (deletedOn.isEmpty()) {
            user.removeAttribute(DELETED_ATTRIBUTE);
        } else {
            user.setSingleAttribute(DELETED_ATTRIBUTE, deletedOn);
        }
        return true;
    }

    private static boolean require(UserModel user, boolean mustChange) {
        String action = RequiredAction.UPDATE_PASSWORD.name();
        if (user.getRequiredActionsStream().anyMatch(action::equals) == mustChange) {
            return false;
        }
        if (mustChange) {
            user.addRequiredAction(action);
        } else {
            user.removeRequiredAction(action);
        }
        return true;
    }

    /** As the connector writes the state where this provider is missing. */
    private static int bits(Item item) {
        return (item.enabled() ? 0 : 1) | (item.mustChange() ? 4 : 0);
    }
}
