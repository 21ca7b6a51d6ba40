/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

import io.passbridge.credential.Digest;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * Verifies digests that were synchronised, and leaves everything else to Keycloak's own provider.
 *
 * <p>Keycloak hashes a password anew after a good sign-in when the provider of its policy says that
 * it does not fit, in a transaction of its own and without looking whether it has changed since: a
 * change that was synchronised in between is lost. This provider never says so of a password that
 * was synchronised. {@link Upgrade} does the same without the loss.
 */
final class SynchronizedHash implements PasswordHashProvider {
    private static final Logger LOG = Logger.getLogger(SynchronizedHash.class);

    private final KeycloakSession session;

    SynchronizedHash(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public boolean policyCheck(PasswordPolicy policy, PasswordCredentialModel password) {
        return Label.version(password).isPresent()
                || HashAlgorithm.is(password)
                || nativeHash(session).policyCheck(policy, password);
    }

    @Override
    public PasswordCredentialModel encodedCredential(String rawPassword, int iterations) {
        return nativeHash(session).encodedCredential(rawPassword, iterations);
    }

    @Override
    public boolean verify(String rawPassword, PasswordCredentialModel password) {
        try {
            Optional<Digest> digest = HashAlgorithm.digest(password);
            boolean fits = digest.isPresent() && Digests.verify(rawPassword, digest.get());
            if (fits && Upgrade.wanted(session.getContext().getRealm())) {
                Upgrade.afterSignIn(session, rawPassword, password);
            }
            return fits;
        } catch (IllegalArgumentException e) {
            LOG.warnf(
                    "password %s cannot be verified: %s; synchronise it again",
                    password.getId(), e.getMessage());
            return false;
        }
    }

    /** What this server would use without us: Argon2, or PBKDF2 where that is switched off. */
    static PasswordHashProvider nativeHash(KeycloakSession session) {
        PasswordHashProvider argon2 = session.getProvider(PasswordHashProvider.class, "argon2");
        return argon2 != null
                ? argon2
                : session.getProvider(PasswordHashProvider.class, "pbkdf2-sha512");
    }

    @Override
    public void close() {}
}
