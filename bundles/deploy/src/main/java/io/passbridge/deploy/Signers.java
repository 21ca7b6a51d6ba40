/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whose signature a plug-in has to have. If there is a file with certificates, every file of a jar
 * has to be signed under one of them; without it, nothing has to be signed.
 *
 * @param file the name of the file, for messages
 * @param trusted the certificates
 * @param required whether there is such a file
 */
record Signers(String file, Set<X509Certificate> trusted, boolean required) {
    /** Nothing has to be signed. */
    static final Signers NOBODY = new Signers("", Set.of(), false);

    /**
     * Reads the certificates of a file, in PEM form.
     *
     * @throws Refusal if the file is there, but cannot be used
     */
    static Signers of(Path file) throws Refusal {
        String name = "etc/" + file.getFileName();
        if (Files.notExists(file)) {
            return new Signers(name, Set.of(), false);
        }
        Set<X509Certificate> trusted = new HashSet<>();
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate found :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.add((X509Certificate) found);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(name, e.getMessage());
        }
        if (trusted.isEmpty()) {
            throw unusable(name, "it holds no certificate");
        }
        return new Signers(name, trusted, true);
    }

    private static Refusal unusable(String name, String reason) {
        return new Refusal(
                "cannot be checked, since " + name + " cannot be used: " + reason,
                "put the signers' certificates into " + name + ", in PEM form, or remove the file");
    }

    /**
     * Checks the signatures of one file of a jar.
     *
     * @throws Refusal if signatures are required and none of a trusted signer is there
     */
    void check(String entry, List<CodeSigner> signers) throws Refusal {
        if (required && signers.stream().noneMatch(this::isTrusted)) {
            for (CodeSigner signer : signers) {
                refuseExpired(own(signer), when(signer));
            }
            throw new Refusal(
                    signers.isEmpty()
                            ? "is not signed, as " + file + " requires: " + entry
                            : "is signed by nobody whom " + file + " names: " + entry,
                    "get a copy that is signed, or add the signer's certificate to " + file);
        }
    }

    /** Of a trusted signer it is the time that is the matter. */
    private void refuseExpired(X509Certificate own, Date when) throws Refusal {
        if (trusted.contains(own) && own.getNotAfter().before(when)) {
            throw new Refusal(
                    "was signed with a certificate that ended at "
                            + own.getNotAfter().toInstant()
                            + ", and has no time stamp from before",
                    "get a copy that is signed anew, or with a time stamp");
        }
    }

    private static X509Certificate own(CodeSigner signer) {
        return (X509Certificate) signer.getSignerCertPath().getCertificates().get(0);
    }

    private static Date when(CodeSigner signer) {
        return signer.getTimestamp() == null ? new Date() : signer.getTimestamp().getTimestamp();
    }

    private boolean isTrusted(CodeSigner signer) {
        Date when = when(signer);
        CertPath path = signer.getSignerCertPath();
        try {
            X509Certificate own = own(signer);
            if (trusted.contains(own)) {
                own.checkValidity(when);
                return true;
            }
            Set<TrustAnchor> anchors = new HashSet<>();
            trusted.forEach(certificate -> anchors.add(new TrustAnchor(certificate, null)));
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(when);
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            CertPath below =
                    factory.generateCertPath(
                            path.getCertificates().stream()
                                    .filter(certificate -> !trusted.contains(certificate))
                                    .toList());
            CertPathValidator.getInstance("PKIX").validate(below, parameters);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
