/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.nt;

import io.passbridge.credential.Digest;
import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.SourceCredential;
import io.passbridge.crypto.Cryptography;
import io.passbridge.hash.DigestScheme;
import io.passbridge.hash.legacy.NtDerivation;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The digest scheme of Azure AD Connect, with parameters that the receiving side has fixed. */
@Component
public final class Pph1Scheme implements DigestScheme {
    static final String PURPOSE = "digest pph1";
    static final int ITERATIONS = 1_000;

    private final LegacyPolicy policy;
    private final NtDigester digester;

    @Activate
    public Pph1Scheme(@Reference LegacyPolicy policy, @Reference Cryptography cryptography) {
        this.policy = policy;
        this.digester =
                new NtDigester(NtForm.PPH1, ITERATIONS, new NtDerivation(policy), cryptography);
    }

    @Override
    public String name() {
        return NtForm.PPH1.scheme();
    }

    @Override
    public boolean accepts(SourceCredential credential) {
        return digester.accepts(credential);
    }

    @Override
    public List<Digest> digest(List<? extends SourceCredential> credentials) {
        policy.use(LegacyAlgorithm.SHORT_SALT, PURPOSE);
        return digester.digest(credentials);
    }

    @Override
    public Optional<List<Boolean>> match(
            List<? extends SourceCredential> credentials, List<Digest> digests) {
        policy.use(LegacyAlgorithm.SHORT_SALT, PURPOSE);
        return Optional.of(digester.match(credentials, digests));
    }

    @Override
    public String parameters() {
        return "PBKDF2-HMAC-SHA-256, 1000 iterations, 80-bit salt";
    }

    @Override
    public boolean approved() {
        return false;
    }

    @Override
    public double digestsPerSecond() {
        return digester.digestsPerSecond();
    }
}
