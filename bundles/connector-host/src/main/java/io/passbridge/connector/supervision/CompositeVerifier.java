/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.credential.Digest;
import io.passbridge.credential.PasswordVerifier;
import io.passbridge.credential.Secret;
import java.util.Set;
import java.util.TreeSet;

/** Asks the verifier that knows the scheme, among those that are registered now. */
final class CompositeVerifier implements PasswordVerifier {
    private final Platform platform;

    CompositeVerifier(Platform platform) {
        this.platform = platform;
    }

    @Override
    public Set<String> schemes() {
        Set<String> all = new TreeSet<>();
        platform.verifiers().forEach(verifier -> all.addAll(verifier.schemes()));
        return all;
    }

    @Override
    public boolean verify(Secret password, Digest digest) {
        for (PasswordVerifier verifier : platform.verifiers()) {
            if (verifier.schemes().contains(digest.scheme())) {
                return verifier.verify(password, digest);
            }
        }
        throw new IllegalArgumentException(
                "no bundle that verifies the scheme " + digest.scheme() + " is there");
    }
}
