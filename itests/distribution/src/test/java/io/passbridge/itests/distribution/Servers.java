/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.itests.lab.PostgresLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Servers that keep their state in PostgreSQL, read people from a file, and sign in to their
 * targets with sealed secrets.
 */
final class Servers {
    private static final Duration SOON = Duration.ofSeconds(90);

    private final String url;
    private final Path people;

    Servers(PostgresLab postgres, Path people) {
        this(postgres.url(), people);
    }

    /**
     * @param url of a database to which the lab's role signs in
     */
    Servers(String url, Path people) {
        this.url = url;
        this.people = people;
    }

    /** A server, not yet started; two with the same schema share their state. */
    Installation server(String name, String schema, String... targets) throws Exception {
        Installation server = Installation.fresh(name);
        Path password = server.secretFile("database-password", PostgresLab.PASSWORD);
        server.etc(
                        "io.passbridge.store.cfg",
                        "url = " + url,
                        "user = " + PostgresLab.ROLE,
                        "passwordFile = " + password,
                        "schema = " + schema)
                .etc(
                        "io.passbridge.connector.ldif-people.cfg",
                        "path = " + people,
                        "settleMillis = 100");
        for (String target : targets) {
            server.etc(
                            "io.passbridge.connector.directorypg-" + target + ".cfg",
                            "url = " + url,
                            "schema = " + schema + "_" + target,
                            "signInPort = 0")
                    .etc(
                            "io.passbridge.route-people_" + target + ".cfg",
                            "source = people",
                            "target = " + target,
                            "digest = pph1",
                            "accounts = create");
        }
        return server;
    }

    /** Gives another server on the same store the key set of the first one. */
    static void copyKeySet(Installation one, Installation two) throws IOException {
        Path from = one.data().resolve("keys");
        Path to = Files.createDirectories(two.data()).resolve("keys");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Path password = Path.of("etc/service-account.password");
        Files.copy(
                one.home().resolve(password),
                two.home().resolve(password),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** Gives the secret of a target's account. */
    static void setAccount(Installation server, String target) throws Exception {
        Path secret = server.secretFile("secret", PostgresLab.PASSWORD);
        server.done(
                "account:set %s --name %s --secret-file %s"
                        .formatted(target, PostgresLab.ROLE, secret));
        Files.delete(secret);
    }

    static void awaitInStep(Installation server, String target, int users) {
        Awaitility.await()
                .atMost(SOON)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(
                        () ->
                                assertThat(server.done("sync:status"))
                                        .containsPattern(
                                                "people_" + target + " .* idle +" + users + " "));
    }

    static void awaitSignIn(Installation server, String target, String user, People people) {
        Awaitility.await()
                .atMost(SOON)
                .pollInterval(Duration.ofSeconds(2))
                .ignoreExceptions()
                .until(
                        () ->
                                new SignIn(server, target)
                                                .attempt(user, people.passwords().get(user))
                                        == 200);
    }

    /** The id of the key set, as {@code keys status} says it of a platform that runs or not. */
    static String keySet(Installation server) throws Exception {
        Ran status = server.passbridge("keys", "status", "--json");
        assertThat(status.status()).as(status.text()).isZero();
        Matcher id = Pattern.compile("\"keySet\":\"([0-9a-f-]{36})\"").matcher(status.out());
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    /** Makes a password that nobody knows of the one that protects the key set. */
    static void losePassword(Installation server) throws Exception {
        Files.writeString(
                server.home().resolve("etc/service-account.password"), UUID.randomUUID() + "\n");
    }

    /** The number of the key that seals new values. */
    static int primaryKey(Installation server) throws Exception {
        Matcher key =
                Pattern.compile("\"primary\":([0-9]+)").matcher(server.done("keys:status --json"));
        assertThat(key.find()).isTrue();
        return Integer.parseInt(key.group(1));
    }

    /** How often all users were read successfully. */
    static long fullRuns(Installation server) throws Exception {
        return server.done("sync:history --json")
                .lines()
                .filter(run -> run.contains("\"full\":true") && run.contains("success"))
                .count();
    }
}
