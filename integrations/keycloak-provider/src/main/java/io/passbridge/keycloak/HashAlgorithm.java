/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

import io.passbridge.credential.Digest;
import java.util.Arrays;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/** How a digest is held as a password of Keycloak: whole, in its text form, as the secret value. */
enum HashAlgorithm {
    PPH1("pph1"),
    PPH2("pph2"),
    /** Every kind of {@code userPassword} value; the value says which. */
    USER_PASSWORD("passbridge-userpassword");

    private final String id;

    HashAlgorithm(String id) {
        this.id = id;
    }

    /** The id of the hash provider, which stands with every password. */
    String id() {
        return id;
    }

    /** The algorithm that verifies digests of a scheme. */
    static HashAlgorithm of(Digest digest) {
        return named(digest.scheme()).orElse(USER_PASSWORD);
    }

    private static Optional<HashAlgorithm> named(String id) {
        return Arrays.stream(values()).filter(algorithm -> algorithm.id.equals(id)).findFirst();
    }

    /** Whether a password is a digest of one of these. */
    static boolean is(PasswordCredentialModel password) {
        return named(password.getPasswordCredentialData().getAlgorithm()).isPresent();
    }

    /** A password that has neither id nor date nor label yet. */
    static PasswordCredentialModel password(Digest digest) {
        // salt and cost are part of the text form
        return PasswordCredentialModel.createFromValues(
                of(digest).id, new byte[0], 0, digest.encoded());
    }

    /**
     * The digest that a password holds; empty if it is of another provider.
     *
     * @throws IllegalArgumentException if the value is of no known kind
     */
    static Optional<Digest> digest(CredentialModel model) {
        PasswordCredentialModel password =
                model instanceof PasswordCredentialModel known
                        ? known
                        : PasswordCredentialModel.createFromCredentialModel(model);
        String value = password.getPasswordSecretData().getValue();
        return named(password.getPasswordCredentialData().getAlgorithm())
                .map(
                        algorithm ->
                                algorithm == USER_PASSWORD
                                        ? Digest.ofUserPassword(value)
                                        : new Digest(algorithm.id, value));
    }
}
