/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.nt;

import io.passbridge.credential.Digest;
import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.PasswordVerifier;
import io.passbridge.credential.Secret;
import io.passbridge.crypto.CryptographicModule.VerifierInput;
import io.passbridge.crypto.Cryptography;
import io.passbridge.hash.legacy.NtDerivation;
import io.passbridge.hash.pbkdf2.HmacHash;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Checks a password against {@code pph1} and {@code pph2} digests. */
@Component
public final class NtDigestVerifier implements PasswordVerifier {
    private static final Set<String> SCHEMES = Set.of(NtForm.PPH1.scheme(), NtForm.PPH2.scheme());

    private static final String VERIFY_PPH1 = "verify pph1";

    private final LegacyPolicy policy;
    private final NtDerivation derivation;
    private final Cryptography cryptography;

    @Activate
    public NtDigestVerifier(@Reference LegacyPolicy policy, @Reference Cryptography cryptography) {
        this.policy = policy;
        this.derivation = new NtDerivation(policy);
        this.cryptography = cryptography;
    }

    @Override
    public Set<String> schemes() {
        return SCHEMES;
    }

    @Override
    public Set<String> permitted() {
        if (!derivation.permitted(NtDerivation.VERIFY)) {
            return Set.of();
        }
        return policy.permits(LegacyAlgorithm.SHORT_SALT, VERIFY_PPH1) ? SCHEMES : Set.of("pph2");
    }

    @Override
    public Optional<String> refusal(String scheme) {
        if (!SCHEMES.contains(scheme)) {
            return Optional.empty();
        }
        List<String> refusals = new ArrayList<>();
        policy.refusal(LegacyAlgorithm.MD4, NtDerivation.VERIFY).ifPresent(refusals::add);
        if (scheme.equals(NtForm.PPH1.scheme())) {
            policy.refusal(LegacyAlgorithm.SHORT_SALT, VERIFY_PPH1).ifPresent(refusals::add);
        }
        return refusals.isEmpty() ? Optional.empty() : Optional.of(String.join("; and ", refusals));
    }

    @Override
    public Optional<String> fault(Digest digest) {
        try {
            NtDigest.parse(digest);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    @Override
    public boolean verify(Secret password, Digest digest) {
        NtDigest expected = NtDigest.parse(digest);
        if (expected.form() == NtForm.PPH1) {
            policy.use(LegacyAlgorithm.SHORT_SALT, VERIFY_PPH1);
        }
        char[] chars = password.toChars();
        byte[] ntHash = null;
        byte[] key = null;
        byte[] actual = null;
        try {
            ntHash = derivation.ntHash(chars, NtDerivation.VERIFY);
            key = NtKey.of(ntHash);
            actual =
                    cryptography.module()
                            .verifiers(
                                    HmacHash.SHA_256.mac(),
                                    List.of(new VerifierInput(key, expected.salt())),
                                    expected.iterations(),
                                    expected.hash().length)[0];
            return MessageDigest.isEqual(actual, expected.hash());
        } finally {
            Arrays.fill(chars, '\0');
            wipe(ntHash, key, actual);
        }
    }

    private static void wipe(byte[]... arrays) {
        for (byte[] array : arrays) {
            if (array != null) {
                Arrays.fill(array, (byte) 0);
            }
        }
    }
}
