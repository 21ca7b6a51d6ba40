/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.session;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ldap.settings.Reach;
import io.passbridge.credential.Secret;
import io.passbridge.tls.ApprovedCertificate;
import io.passbridge.tls.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** Which certificates of servers are believed, and which one is shown to them. */
final class Certificates {
    private static final String[] KEY_ALGORITHMS = {"RSA", "EC", "EdDSA"};

    private Certificates() {}

    /** For a connector that shows no certificate. */
    static Tls tls(Reach reach, boolean fips) throws ConnectorException {
        return tls(reach, null, fips);
    }

    /**
     * For a connector that shows its own certificate.
     *
     * @param key PKCS#8 in PEM; stays the caller's
     */
    static Tls tls(Reach reach, Secret key, boolean fips) throws ConnectorException {
        try {
            KeyManager[] own =
                    key == null ? null : own(reach.clientCertificate().orElseThrow(), key, fips);
            return Tls.of(reach.authorities(), own, fips);
        } catch (GeneralSecurityException | IOException e) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "the certificates or the key cannot be used ("
                            + e.getMessage()
                            + "); correct caFile or clientCertificate, or give account:set a"
                            + " PKCS#8 key in PEM");
        }
    }

    private static KeyManager[] own(Path certificate, Secret key, boolean fips)
            throws GeneralSecurityException, IOException {
        char[] none = new char[0];
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, none);
        try (InputStream pem = Files.newInputStream(certificate)) {
            Certificate[] chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(pem)
                            .toArray(new Certificate[0]);
            if (fips && chain.length > 0) {
                ApprovedCertificate.check((X509Certificate) chain[0]);
            }
            store.setKeyEntry("own", privateKey(key), none, chain);
        }
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, none);
        return factory.getKeyManagers();
    }

    private static PrivateKey privateKey(Secret key) throws GeneralSecurityException {
        byte[] pem = key.toBytes();
        byte[] encoded = new byte[0];
        try {
            encoded = Base64.getMimeDecoder().decode(body(pem));
            for (String algorithm : KEY_ALGORITHMS) {
                try {
                    return KeyFactory.getInstance(algorithm)
                            .generatePrivate(new PKCS8EncodedKeySpec(encoded));
                } catch (GeneralSecurityException another) {
                    // of another kind, or none of these
                }
            }
            throw new GeneralSecurityException("the account's secret is no PKCS#8 key");
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("the account's secret is no PEM text");
        } finally {
            Arrays.fill(pem, (byte) 0);
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /** What stands between the lines of hyphens. */
    private static byte[] body(byte[] pem) {
        String text = new String(pem, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf("KEY-----");
        int end = text.indexOf("-----END");
        return begin < 0 || end < begin
                ? pem
                : Arrays.copyOfRange(pem, begin + "KEY-----".length(), end);
    }
}
