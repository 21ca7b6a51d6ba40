/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Which certificates of servers are believed. */
final class Trust {
    private Trust() {}

    /**
     * @param authorities PEM file, or empty for the runtime's own
     * @throws ConnectorException of kind {@code CONFIGURATION} if the file cannot be used
     */
    static SSLContext context(Optional<Path> authorities) throws ConnectorException {
        try {
            if (authorities.isEmpty()) {
                return SSLContext.getDefault();
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            try (InputStream pem = Files.newInputStream(authorities.get())) {
                int number = 0;
                for (Certificate certificate :
                        CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                    store.setCertificateEntry("authority" + number++, certificate);
                }
                if (number == 0) {
                    throw new IOException("it holds no certificate");
                }
            }
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "caFile "
                            + authorities.map(Path::toString).orElse("")
                            + " cannot be used ("
                            + e.getMessage()
                            + "); give a readable PEM file of certificates",
                    e);
        }
    }
}
