/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stock Apache Karaf on its own scripts, as docs/embedding.md tells: the archive of the features
 * is unpacked over it, and one command installs them.
 */
@TestMethodOrder(OrderAnnotation.class)
@EnabledForJreRange(max = JRE.JAVA_21, disabledReason = "Karaf 4.4 does not start on newer Java")
class KarafIT {
    private static final Duration SOON = Duration.ofMinutes(2);

    @TempDir private static Path folder;

    private static Path karaf;
    private static Process process;

    @BeforeAll
    static void start() throws Exception {
        karaf = folder.resolve("karaf");
        copy(Path.of(System.getProperty("karaf")), karaf);
        unpackFeatures();
        append("custom.properties", karaf.resolve("etc/passbridge/custom.properties"));
        Files.writeString(
                karaf.resolve("etc/custom.properties"),
                "felix.bundlecodesource.usecachedurls = false\n",
                StandardOpenOption.APPEND);
        edit("users.properties", Map.of("#karaf = ", "karaf = ", "#_g_", "_g_"));
        edit(
                "org.apache.karaf.shell.cfg",
                Map.of("sshPort = 8101", "sshPort = " + port(), "0.0.0.0", "127.0.0.1"));
        edit(
                "org.apache.karaf.management.cfg",
                Map.of(
                        "rmiRegistryPort = 1099",
                        "rmiRegistryPort = " + port(),
                        "rmiServerPort = 44444",
                        "rmiServerPort = " + port()));
        // not the one of whoever runs the tests
        Files.writeString(
                karaf.resolve("etc/system.properties"),
                "\nkaraf.history = ${karaf.data}/karaf.history\n",
                StandardOpenOption.APPEND);
        process = java(new ProcessBuilder(karaf.resolve("bin/karaf").toString(), "server")).start();
        await().atMost(SOON)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> client("feature:repo-list").contains("standard"));
    }

    @AfterAll
    static void stop() throws Exception {
        client("shutdown -f");
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    @Order(1)
    void oneCommand_installsThePlatform_whichMakesItsKeySet() throws Exception {
        client("feature:repo-add file:etc/passbridge/feature.xml");
        await().atMost(SOON)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> client("feature:list").contains("passbridge-scheduler"));
        client("feature:install passbridge");

        // the commands of Karaf come and go while it takes in the new bundles
        await().atMost(SOON)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(
                        () ->
                                assertThat(client("bundle:list -t 0 -s"))
                                        .contains(
                                                "io.passbridge.scheduler",
                                                "io.passbridge.connector.keycloak"));
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(client("keys:status --json"))
                                        .contains("\"unlocked\":true"));
        assertThat(karaf.resolve("data/passbridge/keys")).isDirectory();
    }

    @Test
    @Order(2)
    void route_bringsPeopleToTheDirectory_whereTheySignIn() throws Exception {
        People people = People.configure(karaf.resolve("etc"), folder.resolve("people.ldif"));

        await().atMost(SOON)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> client("sync:status --json").contains("\"in-step\":" + People.COUNT));
        assertThat(people.signIn("user1", "password-1")).isEqualTo(200);
        assertThat(people.signIn("user1", "password-2")).isEqualTo(401);
    }

    @Test
    @Order(3)
    void doctor_saysWhatKarafLeavesOpen_andLeavesItsOwnFilesAlone() throws Exception {
        await().atMost(SOON)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(
                        () ->
                                assertThat(client("passbridge:doctor --json"))
                                        .contains("was never exported")
                                        .contains("the password that everybody knows")
                                        .contains("may run every command of Passbridge")
                                        .doesNotContain("may be reached from other computers")
                                        .doesNotContain("nobody reads"));
    }

    @Test
    @Order(4)
    void console_completesOptionsAndTheNamesOfThings() throws Exception {
        Path expect = Path.of("/usr/bin/expect");
        assumeTrue(Files.isExecutable(expect), "expect is not installed: no terminal to type at");
        String prompt = "root\\(\\)> $";
        Process typist =
                java(new ProcessBuilder(
                                expect.toString(),
                                Path.of("../lab/session.exp").toString(),
                                karaf.resolve("bin/client").toString()))
                        .start();
        try (var steps = typist.outputWriter()) {
            steps.write(
                    String.join(
                                    "\n",
                                    prompt + "\tsync:status peo\\t",
                                    "people_cloud $" + "\t--js\\t",
                                    "--json $" + "\t\\r",
                                    "\"in-step\":" + People.COUNT + "\t",
                                    prompt + "\tdoctor --js\\t",
                                    "--json $" + "\t\\003",
                                    prompt + "\thelp sync:run\\r",
                                    "run a cycle now and wait for its end\t",
                                    prompt + "\tlogout\\r")
                            + "\n");
        }
        String screen = new String(typist.getInputStream().readAllBytes());
        assertThat(typist.waitFor()).as(screen).isZero();
    }

    /** Of itself no OSGi bundle; Karaf wraps it, and the bridge takes what its manifest says. */
    @Test
    @Order(5)
    void wrappedBundleOfConnId_isAConnectorType() throws Exception {
        Path jar =
                bundle(Path.of(System.getProperty("connid")), "net.tirasa.connid.bundles.csvdir");
        client(
                "bundle:install -s 'wrap:%s$Bundle-SymbolicName=csvdir&Import-Package=!*&Export-Package=!*'"
                        .formatted(jar.toUri()));

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(client("connector:list --types --json"))
                                        .contains("\"connidcsvdir\""));
    }

    @Test
    @Order(6)
    void validatedModule_seesItsFile_andIsUsed() throws Exception {
        Path bundles = Path.of(System.getProperty("distribution"), "bundles").normalize();
        for (String name : List.of("20/bc-fips", "30/io.passbridge.hash.fips")) {
            Path within = Path.of(name);
            Path jar = bundle(bundles.resolve(within.getParent()), within.getFileName().toString());
            client("bundle:install -s reference:" + jar.toUri());
        }

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(client("fips:status --self-test"))
                                        .contains("self-tests passed, approved-only mode")
                                        .contains(bundles.resolve("20") + "/bc-fips"));
    }

    /** The jar in a folder whose name begins so. */
    private static Path bundle(Path folder, String beginning) throws IOException {
        try (Stream<Path> jars = Files.list(folder.normalize())) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith(beginning))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** As unzip does, which is not everywhere. */
    private static void unpackFeatures() throws IOException, InterruptedException {
        try (Stream<Path> built = Files.list(Path.of(System.getProperty("features")))) {
            Path zip =
                    built.filter(f -> f.toString().endsWith("-karaf.zip"))
                            .findFirst()
                            .orElseThrow();
            Process unpacked =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin/jar").toString(),
                                    "xf",
                                    zip.toAbsolutePath().normalize().toString())
                            .directory(karaf.toFile())
                            .start();
            assertThat(unpacked.waitFor()).isZero();
        }
    }

    /** Runs a command as an administrator would: through Karaf's own client. */
    private static String client(String command) throws IOException, InterruptedException {
        Process client =
                java(new ProcessBuilder(karaf.resolve("bin/client").toString(), command)).start();
        // without an open input the client ends before the command
        boolean ended = client.waitFor(60, TimeUnit.SECONDS);
        if (!ended) {
            client.destroyForcibly();
        }
        return new String(client.getInputStream().readAllBytes());
    }

    private static ProcessBuilder java(ProcessBuilder builder) {
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("EXTRA_JAVA_OPTS", "-Dorg.bouncycastle.fips.approved_only=true");
        builder.environment().keySet().removeIf(name -> name.startsWith("PASSBRIDGE_"));
        return builder.redirectErrorStream(true);
    }

    private static int port() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static void append(String file, Path more) throws IOException {
        Files.writeString(
                karaf.resolve("etc").resolve(file),
                Files.readString(more),
                StandardOpenOption.APPEND);
    }

    /** Replaces texts in a file of {@code etc/}. */
    private static void edit(String file, Map<String, String> changes) throws IOException {
        Path path = karaf.resolve("etc").resolve(file);
        String text = Files.readString(path);
        for (Map.Entry<String, String> change : changes.entrySet()) {
            text = text.replace(change.getKey(), change.getValue());
        }
        Files.writeString(path, text);
    }

    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        Files.createDirectories(to);
        Process copied =
                new ProcessBuilder(List.of("cp", "-a", from + "/.", to.toString())).start();
        assertThat(copied.waitFor()).isZero();
    }
}
