/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.passbridge.itests.lab.PostgresLab;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eclipse Equinox with everything, and plain Felix with no more than an embedder wants. */
class FrameworksIT {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String EQUINOX = "org.eclipse.osgi.launch.EquinoxFactory";

    @TempDir private Path home;

    @Test
    void equinox_makesAKeySet_runsARoute_andTheCommands() throws Exception {
        runsARoute(
                RunningFramework.distribution(), "org.ops4j.pax.logging.slf4j.Slf4jLoggerFactory");
    }

    /** As Eclipse has it: SLF4J 2 finds what writes by a service loader that SPI-Fly brings. */
    @Test
    void equinox_withSlf4j2_runsARoute_andTheCommands() throws Exception {
        List<Path> bundles = new ArrayList<>(slf4j2());
        RunningFramework.distribution().stream()
                .filter(jar -> !jar.getFileName().toString().startsWith("pax-logging"))
                .forEach(bundles::add);
        runsARoute(bundles, "org.slf4j.simple.SimpleLoggerFactory");
    }

    private void runsARoute(List<Path> bundles, String loggers) throws Exception {
        Files.createDirectories(home.resolve("etc"));
        People people = People.configure(home.resolve("etc"), home.resolve("people.ldif"));
        try (RunningFramework equinox =
                RunningFramework.start(equinoxJar(), EQUINOX, home, bundles)) {
            await().atMost(SOON)
                    .untilAsserted(
                            () ->
                                    assertThat(equinox.command("sync:status --json"))
                                            .contains("\"in-step\":" + People.COUNT));
            assertThat(equinox.command("keys:status --json")).contains("\"unlocked\":true");
            assertThat(people.signIn("user2", "password-2")).isEqualTo(200);
            assertThat(people.signIn("user2", "password-1")).isEqualTo(401);
            assertThat(loggers(equinox)).isEqualTo(loggers);
        }
    }

    /** Of Equinox the web server's bundles are brought and taken as in the distribution. */
    @Test
    void equinox_webServer_comesWithItsPort_andTellsAPartThatStalls() throws Exception {
        Path shipped = Path.of(System.getProperty("distribution"), "bundles/70");
        Path brought = Files.createDirectories(home.resolve("bundles/70"));
        try (var jars = Files.list(shipped)) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, brought.resolve(jar.getFileName()));
            }
        }
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        try (RunningFramework equinox =
                RunningFramework.start(
                        equinoxJar(), EQUINOX, home, RunningFramework.distribution())) {
            Path file = home.resolve("etc/io.passbridge.web.cfg");
            Files.writeString(file, "port = " + port + "\n");
            await().atMost(SOON).until(() -> status(port, "/health/live") == 200);
            await().atMost(SOON).until(() -> status(port, "/metrics") == 200);

            Runnable takenAway =
                    equinox.register(
                            "io.passbridge.health.Pulse",
                            Map.of("subject", "made up", "stall", Optional.of("it stands still")));
            await().atMost(SOON).until(() -> status(port, "/health/live") == 503);
            takenAway.run();
            await().atMost(SOON).until(() -> status(port, "/health/live") == 200);

            Files.delete(file);
            await().atMost(SOON).until(() -> status(port, "/health/live") == 0);
        }
    }

    /** The status of the answer; 0 if there is none. */
    private static int status(int port, String path) throws InterruptedException {
        URI page = URI.create("http://127.0.0.1:" + port + path);
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(page).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Neither store nor scheduler, neither shell nor database nor files of configuration. */
    @Test
    void felix_withKeysAlone_makesAKeySet() throws Exception {
        List<Path> bundles =
                RunningFramework.only(
                        "io.passbridge.api",
                        "io.passbridge.hash-",
                        "io.passbridge.keys-",
                        "io.passbridge.keystore.passphrase",
                        "bcprov",
                        "commons-codec",
                        "org.osgi.service.component",
                        "org.osgi.util",
                        "org.apache.felix.scr",
                        "org.apache.felix.configadmin",
                        "pax-logging-api");
        long began = System.nanoTime();
        try (RunningFramework felix =
                RunningFramework.start(felixJar(), RunningFramework.FELIX, home, bundles)) {
            await().atMost(SOON).until(() -> felix.service("io.passbridge.keys.Unlocked") != null);
            System.out.printf(
                    "keys alone: %d bundles, %.1f MB, open after %d ms%n",
                    bundles.size(),
                    megabytes(bundles),
                    Duration.ofNanos(System.nanoTime() - began).toMillis());
            assertThat(felix.service("io.passbridge.keys.Sealing")).isNotNull();
            assertThat(home.resolve("data/keys")).isDirectory();
        }
    }

    @Test
    void felix_withoutH2_saysWhatTheStoreNeeds() throws Exception {
        try (RunningFramework felix =
                RunningFramework.start(felixJar(), RunningFramework.FELIX, home, withoutH2())) {
            await().atMost(SOON)
                    .untilAsserted(
                            () ->
                                    assertThat(felix.command("doctor"))
                                            .contains("needs the bundle com.h2database:h2"));
        }
    }

    @Test
    @Tag("live")
    void felix_withoutH2_keepsItsStoreInPostgresql() throws Exception {
        assumeTrue(PostgresLab.possible(), "NOT TESTED: no PostgreSQL to keep a store in");
        try (PostgresLab postgresql = PostgresLab.up()) {
            Path password = home.resolve("etc/store.password");
            Files.createDirectories(home.resolve("etc"));
            Files.writeString(password, PostgresLab.PASSWORD);
            Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
            Files.write(
                    home.resolve("etc/io.passbridge.store.cfg"),
                    List.of(
                            "url = " + postgresql.url(),
                            "user = " + PostgresLab.ROLE,
                            "passwordFile = " + password));
            try (RunningFramework felix =
                    RunningFramework.start(felixJar(), RunningFramework.FELIX, home, withoutH2())) {
                await().atMost(SOON)
                        .untilAsserted(
                                () ->
                                        assertThat(felix.command("events:list --json"))
                                                .contains("\"event\":"));
            }
        }
    }

    /** What makes the loggers of a bundle of ours. */
    private static String loggers(RunningFramework framework) throws Exception {
        return framework
                .type("io.passbridge.scheduler", "org.slf4j.LoggerFactory")
                .getMethod("getILoggerFactory")
                .invoke(null)
                .getClass()
                .getName();
    }

    private static List<Path> slf4j2() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of(System.getProperty("slf4j")))) {
            return jars.sorted().toList();
        }
    }

    /** The embedded directory is a database of its own. */
    private static List<Path> withoutH2() throws IOException {
        return RunningFramework.distribution().stream()
                .filter(jar -> !jar.getFileName().toString().startsWith("h2-"))
                .filter(jar -> !jar.toString().contains("connector.directory"))
                .toList();
    }

    private static double megabytes(List<Path> files) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return bytes / 1e6;
    }

    private static Path equinoxJar() throws Exception {
        return Path.of(
                Class.forName(EQUINOX).getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** That of the distribution. */
    static Path felixJar() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("distribution"), "lib"))) {
            return files.filter(f -> f.getFileName().toString().contains("felix.framework"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
