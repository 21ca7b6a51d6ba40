/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.containers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

/** A small source, the configuration of a route from it, and a way to try a sign-in. */
final class People {
    static final int COUNT = 3;

    private final int port;

    private People(int port) {
        this.port = port;
    }

    /** Writes an LDIF file and the files of a route from it to an embedded directory. */
    static People configure(Path etc, Path ldif) throws Exception {
        StringBuilder text = new StringBuilder("version: 1\n\n");
        for (int i = 0; i < COUNT; i++) {
            text.append("dn: uid=user%d,dc=example,dc=org%n".formatted(i))
                    .append("objectClass: inetOrgPerson\n")
                    .append("entryUUID: 00000000-0000-0000-0000-00000000000%d%n".formatted(i))
                    .append("uid: user%d%ncn: User %d%nsn: User%n".formatted(i, i))
                    .append("userPassword: ")
                    .append(salted("password-" + i))
                    .append("\n\n");
        }
        Files.writeString(ldif, text);
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.write(
                etc.resolve("io.passbridge.connector.ldif-people.cfg"), List.of("path = " + ldif));
        Files.write(
                etc.resolve("io.passbridge.connector.directory-cloud.cfg"),
                List.of("signInPort = " + port));
        Files.write(
                etc.resolve("io.passbridge.route-people_cloud.cfg"),
                List.of(
                        "source = people",
                        "target = cloud",
                        "digest = pph2",
                        "passThrough = *",
                        "accounts = create"));
        return new People(port);
    }

    private static String salted(String password) throws GeneralSecurityException {
        byte[] salt = {1, 2, 3, 4, 5, 6, 7, 8};
        MessageDigest sha = MessageDigest.getInstance("SHA-1");
        sha.update(password.getBytes(StandardCharsets.UTF_8));
        byte[] hash = sha.digest(salt);
        byte[] value = new byte[hash.length + salt.length];
        System.arraycopy(hash, 0, value, 0, hash.length);
        System.arraycopy(salt, 0, value, hash.length, salt.length);
        return "{SSHA}" + Base64.getEncoder().encodeToString(value);
    }

    /** The status of the answer to a sign-in; 200 is good. */
    int signIn(String login, String password) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/sign-in"))
                                .header("Content-Type", "application/json")
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"login\":\"%s\",\"password\":\"%s\"}"
                                                        .formatted(login, password)))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }
}
