/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.nt;

import io.passbridge.credential.Digest;
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
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The default scheme of a new route: as {@code pph1}, with a salt and a cost of today. */
@Component(configurationPid = Pph2Scheme.PID)
@Designate(ocd = Pph2Scheme.Pph2Config.class)
public final class Pph2Scheme implements DigestScheme {
    static final String PID = "io.passbridge.hash.pph2";

    /** SP 800-132, section 5.2. */
    static final int MIN_ITERATIONS = 1_000;

    static final int DEFAULT_ITERATIONS = 600_000;

    private final NtDigester digester;
    private final int iterations;

    @Activate
    public Pph2Scheme(
            @Reference LegacyPolicy policy,
            @Reference Cryptography cryptography,
            Pph2Config config) {
        this(policy, cryptography, config.iterations());
    }

    Pph2Scheme(LegacyPolicy policy, Cryptography cryptography, int iterations) {
        if (iterations < MIN_ITERATIONS || iterations > NtDigest.MAX_ITERATIONS) {
            throw new IllegalArgumentException(
                    "iterations of "
                            + PID
                            + " is "
                            + iterations
                            + "; "
                            + MIN_ITERATIONS
                            + " to "
                            + NtDigest.MAX_ITERATIONS
                            + " are allowed");
        }
        this.iterations = iterations;
        this.digester =
                new NtDigester(NtForm.PPH2, iterations, new NtDerivation(policy), cryptography);
    }

    @Override
    public String name() {
        return NtForm.PPH2.scheme();
    }

    @Override
    public boolean accepts(SourceCredential credential) {
        return digester.accepts(credential);
    }

    @Override
    public List<Digest> digest(List<? extends SourceCredential> credentials) {
        return digester.digest(credentials);
    }

    @Override
    public Optional<List<Boolean>> match(
            List<? extends SourceCredential> credentials, List<Digest> digests) {
        return Optional.of(digester.match(credentials, digests));
    }

    @Override
    public String parameters() {
        return "PBKDF2-HMAC-SHA-256, " + iterations + " iterations, 128-bit salt";
    }

    @Override
    public boolean approved() {
        return true;
    }

    @Override
    public double digestsPerSecond() {
        return digester.digestsPerSecond();
    }

    /** Parameters of {@code pph2}. */
    @ObjectClassDefinition(
            name = "Passbridge digest scheme pph2",
            description = "How much work goes into a digest of scheme pph2.")
    @interface Pph2Config {
        @AttributeDefinition(
                description =
                        "PBKDF2 iterations of new digests, 1,000 to 20,000,000. Digests made before"
                                + " keep their own number. Default 600,000.",
                min = "1000",
                max = "20000000")
        int iterations() default DEFAULT_ITERATIONS;
    }
}
