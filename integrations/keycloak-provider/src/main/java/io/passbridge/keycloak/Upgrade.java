/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.jpa.entities.CredentialEntity;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Replaces a synchronised digest by Keycloak's own scheme after a good sign-in, if it is still the
 * digest that was verified: the user's row is locked, and the secret compared, in the transaction
 * that replaces it. Date and label stay, so that the version stays.
 */
final class Upgrade {
    private static final Logger LOG = Logger.getLogger(Upgrade.class);

    /** The realm's attribute that asks for it. */
    private static final String ATTRIBUTE = "passbridgeUpgrade";

    private Upgrade() {}

    /** Whether a realm asks for it. */
    static boolean wanted(RealmModel realm) {
        return realm != null && realm.getAttribute(ATTRIBUTE, Boolean.FALSE);
    }

    /**
     * @param verified as it was read for the sign-in
     */
    static void afterSignIn(
            KeycloakSession session, String rawPassword, PasswordCredentialModel verified) {
        if (verified.getId() == null) {
            return;
        }
        session.getTransactionManager()
                .enlistAfterCompletion(
                        new AbstractKeycloakTransaction() {
                            @Override
                            protected void commitImpl() {
                                try {
                                    KeycloakModelUtils.runJobInTransaction(
                                            session.getKeycloakSessionFactory(),
                                            session.getContext(),
                                            fresh -> replace(fresh, rawPassword, verified));
                                } catch (RuntimeException e) {
                                    LOG.infof(
                                            "password %s keeps its synchronised digest: %s",
                                            verified.getId(), e.getClass().getName());
                                }
                            }

                            @Override
                            protected void rollbackImpl() {}
                        });
    }

    private static void replace(
            KeycloakSession session, String rawPassword, PasswordCredentialModel verified) {
        // before the lock: it takes long
        PasswordCredentialModel fresh =
                SynchronizedHash.nativeHash(session).encodedCredential(rawPassword, -1);
        CredentialEntity held =
                UserRow.entities(session).find(CredentialEntity.class, verified.getId());
        if (held == null) {
            return;
        }
        Optional<UserRow> row =
                UserRow.lock(session, session.getContext().getRealm(), held.getUser().getId());
        if (row.isEmpty()) {
            return;
        }
        // as it is now that nobody else can change it
        UserRow.entities(session).refresh(held);
        if (!verified.getSecretData().equals(held.getSecretData())
                || !PasswordCredentialModel.TYPE.equals(held.getType())) {
            return;
        }
        fresh.setId(held.getId());
        fresh.setCreatedDate(held.getCreatedDate());
        fresh.setUserLabel(held.getUserLabel());
        row.get().user().credentialManager().updateStoredCredential(fresh);
        row.get().changed();
    }
}
