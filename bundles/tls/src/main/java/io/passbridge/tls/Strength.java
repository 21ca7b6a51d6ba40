/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.tls;

import java.security.Key;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.XECKey;
import java.security.spec.ECParameterSpec;
import java.util.Optional;
import javax.crypto.interfaces.DHKey;

/** The sizes that SP 800-131A revision 2 asks of keys. */
final class Strength {
    /** For messages. */
    static final String LIMIT = "RSA keys have at least 2048 bits, others are of P-256 or better";

    private static final int RSA_BITS = 2048;
    private static final int EC_BITS = 256;

    private Strength() {}

    /** What is wrong with a key, as {@code an RSA key of 1024 bits}. */
    static Optional<String> fault(Key key) {
        if (key instanceof RSAKey rsa) {
            return below(rsa.getModulus().bitLength(), RSA_BITS, "an RSA key");
        }
        if (key instanceof DHKey dh) {
            return below(dh.getParams().getP().bitLength(), RSA_BITS, "a DH key");
        }
        if (key instanceof ECKey ec) {
            ECParameterSpec curve = ec.getParams();
            return below(curve.getCurve().getField().getFieldSize(), EC_BITS, "an EC key");
        }
        if (key instanceof DSAKey || key instanceof XECKey) {
            return Optional.of("a key for " + key.getAlgorithm());
        }
        return Optional.empty();
    }

    private static Optional<String> below(int bits, int limit, String what) {
        return bits < limit ? Optional.of(what + " of " + bits + " bits") : Optional.empty();
    }
}
