/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.tls;

import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The versions, suites, groups, signatures and keys that SP 800-52 revision 2 and SP 800-131A
 * revision 2 leave, as the Java platform asks for them in a handshake and along a chain of
 * certificates. Narrower than they are where they allow CBC, RSA key transport and DHE, whose group
 * is the server's alone to choose. Immutable.
 */
final class ApprovedAlgorithms implements AlgorithmConstraints {
    /** For messages. */
    static final String CONNECTION =
            "TLSv1.3, or TLSv1.2 with ECDHE and AES-GCM, over P-256, P-384 or P-521 and signed with"
                    + " SHA-256 or better";

    private static final Set<String> SUITES =
            Set.of(
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    // no suite: asks for safe renegotiation
                    "TLS_EMPTY_RENEGOTIATION_INFO_SCSV");

    /** Versions, groups and signatures, by whichever of their names they are asked for. */
    private static final Pattern NOT_APPROVED =
            Pattern.compile(
                    "ssl.*|tlsv1(\\.1)?|x25519|x448|xdh|(md[245]|sha-?1)(with.*)?|.*_(md5|sha1)|dsa"
                            + "|dsa_.*|.*withdsa.*|secp256k1|.*brainpool.*");

    @Override
    public boolean permits(
            Set<CryptoPrimitive> use, String algorithm, AlgorithmParameters parameters) {
        if (algorithm.startsWith("TLS_")) {
            return SUITES.contains(algorithm);
        }
        return !NOT_APPROVED.matcher(algorithm.toLowerCase(Locale.ROOT)).matches()
                && approvedHash(parameters);
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> use, Key key) {
        return Strength.fault(key).isEmpty();
    }

    @Override
    public boolean permits(
            Set<CryptoPrimitive> use, String algorithm, Key key, AlgorithmParameters parameters) {
        return permits(use, algorithm, parameters) && permits(use, key);
    }

    /** RSASSA-PSS has its hash in the parameters. */
    private boolean approvedHash(AlgorithmParameters parameters) {
        if (parameters == null || !parameters.getAlgorithm().equals("RSASSA-PSS")) {
            return true;
        }
        try {
            String hash = parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
            return !NOT_APPROVED.matcher(hash.toLowerCase(Locale.ROOT)).matches();
        } catch (InvalidParameterSpecException e) {
            return false;
        }
    }
}
