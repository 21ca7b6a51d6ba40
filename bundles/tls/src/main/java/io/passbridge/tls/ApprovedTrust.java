/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Looks at both ends of a chain before anybody believes it: at the server's own certificate, which
 * the Java platform does not look at if it is itself among the authorities, and at the authority's,
 * which it never looks at. What is between them is the Java platform's to check, by {@link
 * ApprovedAlgorithms}: it alone knows which certificates the way has.
 */
final class ApprovedTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager trust;

    ApprovedTrust(X509ExtendedTrustManager trust) {
        this.trust = trust;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        checkEnds(chain);
        trust.checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        checkEnds(chain);
        trust.checkServerTrusted(chain, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        checkEnds(chain);
        trust.checkServerTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        throw noServer();
    }

    private void checkEnds(X509Certificate[] chain) throws CertificateException {
        ApprovedCertificate.check(chain[0]);
        for (X509Certificate signed : chain) {
            for (X509Certificate authority : trust.getAcceptedIssuers()) {
                if (hasSigned(authority, signed)) {
                    ApprovedCertificate.check(authority);
                }
            }
        }
    }

    private static boolean hasSigned(X509Certificate authority, X509Certificate signed) {
        if (!authority.getSubjectX500Principal().equals(signed.getIssuerX500Principal())) {
            return false;
        }
        try {
            signed.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static CertificateException noServer() {
        return new CertificateException("only servers are checked here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.getAcceptedIssuers();
    }
}
