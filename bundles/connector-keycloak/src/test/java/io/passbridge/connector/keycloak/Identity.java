/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import io.passbridge.itests.lab.LabCommand;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A key with a certificate of 127.0.0.1 that an authority of its own has signed, made by the
 * keytool of this Java.
 *
 * @param keys the key and its chain
 * @param authority PEM file of the authority
 */
record Identity(KeyStore keys, Path authority) {
    private static final String PASSWORD = "changeit";
    private static final String ALIAS = "server";

    /**
     * @param name of its files
     * @param algorithm {@code RSA} or {@code EC}
     * @param start of its validity, as keytool takes it: {@code -1d}
     */
    static Identity of(Path folder, String name, String algorithm, String start, int days)
            throws Exception {
        Path store = folder.resolve(name + ".p12");
        Path pem = folder.resolve(name + ".pem");
        keytool(
                store,
                "-genkeypair",
                "-alias",
                "ca",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "bc:c",
                "-startdate",
                "-30d",
                "-validity",
                "300");
        keytool(store, "-exportcert", "-rfc", "-alias", "ca", "-file", pem.toString());
        keytool(
                store,
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                algorithm,
                "-signer",
                "ca",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-startdate",
                start,
                "-validity",
                Integer.toString(days));
        keytool(store, "-delete", "-alias", "ca");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, PASSWORD.toCharArray());
        }
        return new Identity(keys, pem);
    }

    private static void keytool(Path store, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString()));
        command.addAll(List.of(arguments));
        command.addAll(
                List.of(
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD));
        LabCommand.run(new ProcessBuilder(command), "");
    }

    /** To answer with. */
    SSLContext context() throws GeneralSecurityException {
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    PrivateKey key() throws GeneralSecurityException {
        return (PrivateKey) keys.getKey(ALIAS, PASSWORD.toCharArray());
    }

    Certificate certificate() throws GeneralSecurityException {
        return keys.getCertificate(ALIAS);
    }
}
