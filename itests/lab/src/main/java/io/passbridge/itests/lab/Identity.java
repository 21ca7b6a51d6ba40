/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.lab;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
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
public record Identity(KeyStore keys, Path authority) {
    private static final String PASSWORD = "changeit";
    private static final String ALIAS = "server";

    /**
     * @param name of its files
     * @param algorithm {@code RSA} or {@code EC}
     * @param start of its validity, as keytool takes it: {@code -1d}
     */
    public static Identity of(Path folder, String name, String algorithm, String start, int days)
            throws Exception {
        return of(
                folder,
                name,
                List.of("-keyalg", "EC"),
                List.of(
                        "-keyalg",
                        algorithm,
                        "-startdate",
                        start,
                        "-validity",
                        Integer.toString(days)));
    }

    /**
     * @param name of its files
     * @param authority what keytool is told of the authority's key
     * @param own what keytool is told of the key, and of its certificate's signature
     */
    public static Identity of(Path folder, String name, List<String> authority, List<String> own)
            throws Exception {
        Path store = folder.resolve(name + ".p12");
        Path pem = folder.resolve(name + ".pem");
        generate(
                store,
                "ca",
                authority,
                "-dname",
                "CN=" + name,
                "-ext",
                "bc:c",
                "-startdate",
                "-30d",
                "-validity",
                "300");
        generate(
                store,
                ALIAS,
                own,
                "-signer",
                "ca",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=ip:127.0.0.1");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, PASSWORD.toCharArray());
        }
        Files.writeString(pem, pem("CERTIFICATE", keys.getCertificate("ca").getEncoded()));
        keys.deleteEntry("ca");
        return new Identity(keys, pem);
    }

    private static void generate(Path store, String alias, List<String> told, String... more)
            throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-alias", alias));
        arguments.addAll(told);
        arguments.addAll(List.of(more));
        keytool(store, arguments.toArray(String[]::new));
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
    public SSLContext context() throws GeneralSecurityException {
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    public PrivateKey key() throws GeneralSecurityException {
        return (PrivateKey) keys.getKey(ALIAS, PASSWORD.toCharArray());
    }

    public Certificate certificate() throws GeneralSecurityException {
        return keys.getCertificate(ALIAS);
    }

    /** The certificate alone. */
    public String certificateInPem() throws GeneralSecurityException {
        return pem("CERTIFICATE", certificate().getEncoded());
    }

    /** The key as PKCS#8. */
    public String keyInPem() throws GeneralSecurityException {
        return pem("PRIVATE KEY", key().getEncoded());
    }

    private static String pem(String kind, byte[] encoded) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(
                        kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded));
    }
}
