/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.tls;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** What the FIPS policy has to do with a connection that failed. */
public final class Refusal {
    static final String OR_END_ENFORCEMENT =
            ", or set 'enforce = off' in etc/io.passbridge.fips.cfg";

    /** How the two sides say that they have nothing in common. */
    private static final Pattern NOTHING_IN_COMMON =
            Pattern.compile(
                    "handshake_failure|protocol_version|insufficient_security|illegal_parameter"
                            + "|unexpected_message"
                            + "|[Nn]o appropriate protocol|terminated the handshake"
                            + "|cipher suites are inappropriate|selected protocol version"
                            + "|[Nn]o negotiable|Unsupported or disabled");

    private Refusal() {}

    /**
     * The part of the policy in a failure, with value, limit and remedy; empty if it has none.
     *
     * @param failure of a connection that was made while FIPS was enforced
     */
    public static Optional<String> in(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof ApprovedCertificate.NotApprovedException certificate) {
                return Optional.of(certificate.getMessage());
            }
            if (at instanceof CertPathValidatorException path
                    && path.getReason() == BasicReason.ALGORITHM_CONSTRAINED) {
                return Optional.of(
                        "FIPS is enforced, and a certificate on the way to the authority is not"
                                + " approved ("
                                + path.getMessage()
                                + "); "
                                + Strength.LIMIT
                                + ", signatures use SHA-256 or better. Renew it"
                                + OR_END_ENFORCEMENT);
            }
            String text = String.valueOf(at.getMessage());
            if (at instanceof SSLException && NOTHING_IN_COMMON.matcher(text).find()) {
                return Optional.of(
                        "FIPS is enforced, and the server offers nothing that is approved ("
                                + text
                                + "): "
                                + ApprovedAlgorithms.CONNECTION
                                + ". Allow that at the server"
                                + OR_END_ENFORCEMENT);
            }
        }
        return Optional.empty();
    }
}
