/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import io.passbridge.credential.Digest;
import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.PasswordVerifier;
import io.passbridge.credential.Secret;
import io.passbridge.crypto.Cryptography;
import io.passbridge.hash.DigestScheme;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.hash.nt.NtDigestVerifier;
import io.passbridge.hash.nt.Pph1Scheme;
import io.passbridge.hash.verify.UserPasswordVerifier;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The hash bundle's services as the platform would hand them over. */
final class HashServices {
    private static final Cryptography CRYPTOGRAPHY = new PlatformCryptography();
    static final LegacyPolicy POLICY =
            new LegacyPolicy() {
                @Override
                public boolean fipsEnforced() {
                    return false;
                }

                @Override
                public void use(LegacyAlgorithm algorithm, String purpose) {}

                @Override
                public List<LegacyUse> uses() {
                    return List.of();
                }
            };

    private HashServices() {}

    static DigestScheme pph1() {
        return new Pph1Scheme(POLICY, CRYPTOGRAPHY);
    }

    static PasswordVerifier verifier() {
        List<PasswordVerifier> all =
                List.of(
                        new NtDigestVerifier(POLICY, CRYPTOGRAPHY),
                        new UserPasswordVerifier(POLICY, CRYPTOGRAPHY));
        return new PasswordVerifier() {
            @Override
            public Set<String> schemes() {
                Set<String> schemes = new HashSet<>();
                all.forEach(verifier -> schemes.addAll(verifier.schemes()));
                return schemes;
            }

            @Override
            public Optional<String> fault(Digest digest) {
                return known(digest).fault(digest);
            }

            @Override
            public boolean verify(Secret password, Digest digest) {
                return known(digest).verify(password, digest);
            }

            private PasswordVerifier known(Digest digest) {
                return all.stream()
                        .filter(verifier -> verifier.schemes().contains(digest.scheme()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("unknown scheme"));
            }
        };
    }
}
