/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

import io.passbridge.credential.Digest;
import io.passbridge.credential.PasswordVerifier;
import io.passbridge.credential.Secret;
import io.passbridge.crypto.Cryptography;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.hash.nt.NtDigestVerifier;
import io.passbridge.hash.verify.UserPasswordVerifier;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The digests that can be verified here. Thread-safe. */
final class Digests {
    private static final Cryptography CRYPTOGRAPHY = new PlatformCryptography();

    private static final List<PasswordVerifier> VERIFIERS =
            List.of(
                    new NtDigestVerifier(new AnyAlgorithm(), CRYPTOGRAPHY),
                    new UserPasswordVerifier(new AnyAlgorithm(), CRYPTOGRAPHY));

    private Digests() {}

    /** The names of their schemes. */
    static Set<String> schemes() {
        return VERIFIERS.stream()
                .flatMap(verifier -> verifier.schemes().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Why nobody could ever sign in with a digest, with nothing of it; empty if somebody can. */
    static Optional<String> fault(Digest digest) {
        Optional<PasswordVerifier> verifier = verifier(digest);
        return verifier.isEmpty()
                ? Optional.of("scheme '" + digest.scheme() + "' is not known to this provider")
                : verifier.get().fault(digest);
    }

    /**
     * Whether a password is the one of a digest.
     *
     * @throws IllegalArgumentException if the digest has a {@link #fault}
     */
    static boolean verify(String password, Digest digest) {
        Optional<String> fault = fault(digest);
        if (fault.isPresent()) {
            throw new IllegalArgumentException(fault.get());
        }
        try (Secret typed = Secret.ofChars(password.toCharArray())) {
            return verifier(digest).orElseThrow().verify(typed, digest);
        }
    }

    private static Optional<PasswordVerifier> verifier(Digest digest) {
        return VERIFIERS.stream()
                .filter(verifier -> verifier.schemes().contains(digest.scheme()))
                .findFirst();
    }
}
