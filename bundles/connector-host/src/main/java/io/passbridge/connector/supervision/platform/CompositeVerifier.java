/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision.platform;

import io.passbridge.credential.Digest;
import io.passbridge.credential.PasswordVerifier;
import io.passbridge.credential.Secret;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Asks the verifier that knows the scheme, among those that are registered now. */
public final class CompositeVerifier implements PasswordVerifier {
    private final HostServices platform;

    public CompositeVerifier(HostServices platform) {
        this.platform = platform;
    }

    @Override
    public Set<String> schemes() {
        Set<String> all = new TreeSet<>();
        platform.verifiers().forEach(verifier -> all.addAll(verifier.schemes()));
        return all;
    }

    @Override
    public Set<String> permitted() {
        Set<String> all = new TreeSet<>();
        platform.verifiers().forEach(verifier -> all.addAll(verifier.permitted()));
        return all;
    }

    @Override
    public Optional<String> refusal(String scheme) {
        return platform.verifiers().stream()
                .flatMap(verifier -> verifier.refusal(scheme).stream())
                .findFirst();
    }

    @Override
    public Optional<String> fault(Digest digest) {
        Optional<PasswordVerifier> known = find(digest);
        return known.isEmpty() ? Optional.of(unknown(digest)) : known.get().fault(digest);
    }

    @Override
    public boolean verify(Secret password, Digest digest) {
        return find(digest)
                .orElseThrow(() -> new IllegalArgumentException(unknown(digest)))
                .verify(password, digest);
    }

    private Optional<PasswordVerifier> find(Digest digest) {
        return platform.verifiers().stream()
                .filter(verifier -> verifier.schemes().contains(digest.scheme()))
                .findFirst();
    }

    private static String unknown(Digest digest) {
        return "no bundle that verifies the scheme " + digest.scheme() + " is there";
    }
}
