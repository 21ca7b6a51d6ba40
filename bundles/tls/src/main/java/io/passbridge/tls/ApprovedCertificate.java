/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.Optional;

/** What SP 800-131A revision 2 asks of a certificate that somebody shows. */
public final class ApprovedCertificate {
    private static final ApprovedAlgorithms ALGORITHMS = new ApprovedAlgorithms();

    private ApprovedCertificate() {}

    /** A certificate that the policy refuses; the message has value, limit and remedy. */
    static final class NotApprovedException extends CertificateException {
        private static final long serialVersionUID = 1L;

        NotApprovedException(String message) {
            super(message);
        }
    }

    /**
     * Checks key and signature; whoever has signed is not looked at.
     *
     * @throws CertificateException if FIPS does not approve, with value, limit and remedy
     */
    public static void check(X509Certificate certificate) throws CertificateException {
        Optional<String> fault = fault(certificate);
        if (fault.isPresent()) {
            throw new NotApprovedException(
                    "FIPS is enforced, and the certificate of "
                            + certificate.getSubjectX500Principal().getName()
                            + " has "
                            + fault.get()
                            + "; "
                            + Strength.LIMIT
                            + ", signatures use SHA-256 or better. Renew it"
                            + Refusal.OR_END_ENFORCEMENT);
        }
    }

    /**
     * Checks every certificate of a PEM file.
     *
     * @throws CertificateException if FIPS does not approve one, with value, limit and remedy
     */
    public static void checkAll(Path file) throws CertificateException, IOException {
        try (InputStream pem = Files.newInputStream(file)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                check((X509Certificate) certificate);
            }
        }
    }

    private static Optional<String> fault(X509Certificate certificate) {
        Optional<String> key = Strength.fault(certificate.getPublicKey());
        boolean signedByItself =
                certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
        if (key.isPresent() || signedByItself || approvedSignature(certificate)) {
            return key;
        }
        return Optional.of("the signature " + certificate.getSigAlgName());
    }

    private static boolean approvedSignature(X509Certificate certificate) {
        String name = certificate.getSigAlgName();
        return ALGORITHMS.permits(
                EnumSet.of(CryptoPrimitive.SIGNATURE), name, parameters(certificate, name));
    }

    private static AlgorithmParameters parameters(X509Certificate certificate, String name) {
        if (certificate.getSigAlgParams() == null) {
            return null;
        }
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance(name);
            parameters.init(certificate.getSigAlgParams());
            return parameters;
        } catch (GeneralSecurityException | IOException e) {
            // none that has a hash in them
            return null;
        }
    }
}
