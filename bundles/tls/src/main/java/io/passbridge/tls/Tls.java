/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Connections to servers as one side agrees to them: whose certificates it believes, which it shows
 * itself, and what may be negotiated. Made anew when one of these changes; what is connected stays
 * as it is. Immutable, thread-safe.
 */
public final class Tls {
    private final SSLContext context;
    private final boolean fips;

    private Tls(SSLContext context, boolean fips) {
        this.context = context;
        this.fips = fips;
    }

    /**
     * @param authorities PEM file of certificates, or empty for the Java platform's own
     * @param own what is shown to servers, or null
     * @param fips whether only approved algorithms may be used
     * @throws IOException if the file cannot be read, or holds no certificate
     */
    public static Tls of(Optional<Path> authorities, KeyManager[] own, boolean fips)
            throws GeneralSecurityException, IOException {
        TrustManager[] trust = trust(authorities);
        for (int i = 0; fips && i < trust.length; i++) {
            trust[i] = new ApprovedTrust((X509ExtendedTrustManager) trust[i]);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own, trust, null);
        return new Tls(context, fips);
    }

    private static TrustManager[] trust(Optional<Path> authorities)
            throws GeneralSecurityException, IOException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities.isPresent() ? store(authorities.get()) : null);
        return factory.getTrustManagers();
    }

    private static KeyStore store(Path authorities) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(authorities)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("authority" + store.size(), certificate);
            }
        }
        if (store.size() == 0) {
            throw new IOException("it holds no certificate");
        }
        return store;
    }

    /** For clients that make their own connections; they have to use {@link #parameters}, too. */
    public SSLContext context() {
        return context;
    }

    /** What may be negotiated; the caller's to change. */
    public SSLParameters parameters() {
        SSLParameters parameters = context.getDefaultSSLParameters();
        if (fips) {
            restrict(parameters);
        }
        return parameters;
    }

    /** Sockets that negotiate nothing else. */
    public SSLSocketFactory sockets() {
        return fips ? new ApprovedSockets(context.getSocketFactory()) : context.getSocketFactory();
    }

    /** Leaves approved algorithms only; what the caller has excluded before stays excluded. */
    static void restrict(SSLParameters parameters) {
        parameters.setAlgorithmConstraints(new ApprovedAlgorithms());
    }
}
