/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong with a jar in {@code deploy/}, and what its administrator is told. */
class DeployIT {
    private static Installation installation;

    @TempDir private static Path jars;

    @BeforeAll
    static void start() throws Exception {
        installation = Installation.fresh("deploy");
        installation.start();
    }

    @AfterAll
    static void stop() throws Exception {
        installation.close();
    }

    private static Path deployed(String file) {
        return installation.home().resolve("deploy").resolve(file);
    }

    private static void drop(NotesJar jar, String file) throws IOException {
        Files.move(jar.write(jars.resolve(file)), deployed(file), REPLACE_EXISTING);
    }

    /** Until the list of the folder says all of this of a file. */
    private static void awaitListed(String file, String... words) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () ->
                                assertThat(listed(file))
                                        .as(installation.done("connector:list --jars"))
                                        .contains(words));
    }

    private static String listed(String file) throws Exception {
        String all = installation.done("connector:list --jars --json");
        return Arrays.stream(all.split("\\{"))
                .filter(one -> one.contains("deploy/" + file + "\""))
                .findFirst()
                .orElse("");
    }

    private static void awaitServed(String instance, String bundle) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () ->
                                assertThat(installation.done("connector:show " + instance))
                                        .contains(bundle)
                                        .containsPattern("state +ready"));
    }

    /** All at once, since each is a file of its own. */
    @Test
    void jarsThatDoNotFit_areRefusedInWords_andTheOthersRun() throws Exception {
        drop(NotesJar.of("fit", "1.0.0"), "fit.jar");
        byte[] whole = Files.readAllBytes(NotesJar.of("half", "1.0.0").write(jars.resolve("h")));
        Files.write(deployed("half.jar"), Arrays.copyOf(whole, whole.length / 2));
        byte[] damaged = whole.clone();
        // in the middle of a class: the directory at the end of the jar is whole
        damaged[whole.length / 3] ^= 1;
        Files.write(deployed("damaged.jar"), damaged);
        Files.writeString(deployed("notes.txt"), "no jar");
        drop(NotesJar.of("x", "1.0.0").without("Bundle-SymbolicName"), "plain.jar");
        drop(NotesJar.of("library", "1.0.0").without("Provide-Capability"), "library.jar");
        drop(NotesJar.of("fragment", "1.0.0").with("Fragment-Host", "fit"), "fragment.jar");
        drop(NotesJar.of("copy", "1.0.0").without("Import-Package"), "copy.jar");
        drop(
                NotesJar.of("later", "1.0.0")
                        .with("Import-Package", "io.passbridge.connector;version=\"[2.0,3)\""),
                "later.jar");
        drop(NotesJar.of("io.passbridge.keys", version()), "keys.jar");
        drop(
                NotesJar.of("needy", "1.0.0")
                        .with(
                                "Import-Package",
                                "io.passbridge.connector;version=\"[1.0,2)\",com.example.missing"),
                "needy.jar");
        awaitListed("needy.jar", "\"failed\"");
        awaitListed("fit.jar", "\"runs\"", "fit 1.0.0");
        drop(NotesJar.of("fit", "1.0.0"), "twin.jar");
        awaitListed("twin.jar", "\"refused\"");

        for (String command : List.of("connector:list", "doctor")) {
            assertThat(installation.exec(command).out().replaceAll("\\s+", " "))
                    .as(command)
                    .contains(
                            "deploy/half.jar cannot be read as a jar: ",
                            "deploy/damaged.jar cannot be read as a jar: ",
                            "copy it again",
                            "deploy/notes.txt is no jar",
                            "deploy/plain.jar is a jar, but no OSGi bundle",
                            "deploy/library.jar offers the platform nothing",
                            "deploy/fragment.jar is a fragment",
                            "deploy/copy.jar offers io.passbridge.connector.ConnectorFactory, but"
                                    + " does not import io.passbridge.connector",
                            "deploy/later.jar later 1.0.0 was built for io.passbridge.connector"
                                    + " from 2.0.0 below 3.0.0, which this platform has in version"
                                    + " 1.0.0",
                            "which is there already: io.passbridge.keys",
                            "needs package com.example.missing, which no bundle exports",
                            "deploy/twin.jar is fit 1.0.0, which is there already: deploy/fit.jar");
        }
        assertThat(installation.done("events:list")).contains("  9047  ", "deploy/half.jar");
        assertThat(installation.done("keys:status")).contains("unlocked");

        // the copy goes on
        Files.write(deployed("half.jar"), whole);
        awaitListed("half.jar", "\"runs\"", "half 1.0.0");
        for (String file : List.of("half", "damaged", "plain", "library", "fragment", "copy")) {
            Files.delete(deployed(file + ".jar"));
        }
        for (String file : List.of("later", "keys", "needy", "twin", "fit")) {
            Files.delete(deployed(file + ".jar"));
        }
        Files.delete(deployed("notes.txt"));
        await().untilAsserted(
                        () ->
                                assertThat(installation.done("connector:list --jars"))
                                        .doesNotContain(
                                                "fit.jar", "half.jar", "needy.jar", "notes.txt"));
    }

    /** Of the platform's own bundles. */
    private static String version() throws IOException {
        try (Stream<Path> bundles = Files.list(installation.home().resolve("bundles/30"))) {
            Path keys =
                    bundles.filter(
                                    jar ->
                                            jar.getFileName()
                                                    .toString()
                                                    .startsWith("io.passbridge.keys-"))
                            .findFirst()
                            .orElseThrow();
            try (JarFile jar = new JarFile(keys.toFile())) {
                return jar.getManifest().getMainAttributes().getValue("Bundle-Version");
            }
        }
    }

    @Test
    void newVersion_servesOrGivesWayToTheFormer_andNeverToAnOlderOne() throws Exception {
        installation.etc("io.passbridge.connector.notes-desk.cfg");
        drop(NotesJar.of("notes", "1.0.0"), "notes.jar");
        awaitServed("desk", "notes 1.0.0");

        drop(NotesJar.of("notes", "2.0.0").broken(), "notes.jar");
        awaitListed(
                "notes.jar",
                "\"returned\"",
                "notes 2.0.0 does not work",
                "notes have no pages",
                "notes 1.0.0 runs again");
        awaitServed("desk", "notes 1.0.0");

        drop(NotesJar.of("notes", "2.1.0"), "notes.jar");
        awaitServed("desk", "notes 2.1.0");
        drop(NotesJar.of("notes", "1.0.0"), "notes.jar");
        awaitListed("notes.jar", "\"refused\"", "older than 2.1.0", "notes 2.1.0 goes on running");
        awaitServed("desk", "notes 2.1.0");

        // side by side, the newer one serves, and the other steps in when it goes
        drop(NotesJar.of("notes", "3.0.0"), "notes-3.jar");
        awaitServed("desk", "notes 3.0.0");
        assertThat(installation.exec("doctor").out().replaceAll("\\s+", " "))
                .contains("several bundles offer it: notes 3.0.0, notes 2.1.0");
        Files.delete(deployed("notes-3.jar"));
        awaitServed("desk", "notes 2.1.0");

        // while the platform is down, files change without anybody who watches
        drop(NotesJar.of("gone", "1.0.0"), "gone.jar");
        awaitListed("gone.jar", "\"runs\"");
        installation.stop();
        Files.delete(deployed("gone.jar"));
        Files.writeString(deployed("notes.jar"), "half of a co");
        installation.start();
        awaitListed("gone.jar", "\"removed\"", "gone 1.0.0 was taken away");
        awaitListed("notes.jar", "\"refused\"", "cannot be read as a jar");
        awaitServed("desk", "notes 2.1.0");
        assertThat(installation.done("events:list")).contains("  9048  ", "  9049  ");
        Files.delete(deployed("notes.jar"));
        await().untilAsserted(
                        () ->
                                assertThat(installation.done("connector:show desk"))
                                        .contains("no bundle"));
    }

    @Test
    void whereSignersAreNamed_jarsAreSignedByThem() throws Exception {
        Path ours = signer("ours");
        Path theirs = signer("theirs");
        Path certificates = installation.home().resolve("etc/deploy-signers.pem");
        keytool("-exportcert", "-rfc", "-file", certificates.toString(), "-keystore", ours);
        Path past = signer("past", "-startdate", "-60d", "-validity", "30");
        Path pasts = jars.resolve("past.pem");
        keytool("-exportcert", "-rfc", "-file", pasts.toString(), "-keystore", past);
        Files.writeString(certificates, Files.readString(pasts), APPEND);
        try {
            drop(NotesJar.of("unsigned", "1.0.0"), "unsigned.jar");
            Path foreign = sign(NotesJar.of("foreign", "1.0.0").write(jars.resolve("f")), theirs);
            Files.move(foreign, deployed("foreign.jar"));
            Path good = sign(NotesJar.of("signed", "1.0.0").write(jars.resolve("s")), ours);
            Files.copy(good, deployed("signed.jar"));
            Path touched = sign(NotesJar.of("touched", "1.0.0").write(jars.resolve("t")), ours);
            replaceAClass(touched);
            Files.move(touched, deployed("touched.jar"));
            Path late = sign(NotesJar.of("late", "1.0.0").write(jars.resolve("l")), past);
            Files.move(late, deployed("late.jar"));
            awaitListed("signed.jar", "\"runs\"");
            awaitListed("touched.jar", "\"refused\"", "was changed after it had been signed");
            awaitListed("late.jar", "\"refused\"", "with a certificate that ended at");
            awaitListed("unsigned.jar", "\"refused\"", "is not signed");
            awaitListed("foreign.jar", "\"refused\"", "is signed by nobody whom");
        } finally {
            Files.delete(certificates);
            for (String file : List.of("unsigned", "foreign", "signed", "touched", "late")) {
                Files.deleteIfExists(deployed(file + ".jar"));
            }
        }
    }

    private static Path signer(String name, String... more) throws Exception {
        Path store = jars.resolve(name + ".p12");
        List<Object> arguments =
                new ArrayList<>(List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name));
        arguments.addAll(List.of("-keystore", store));
        arguments.addAll(List.of(more));
        keytool(arguments.toArray());
        return store;
    }

    /** Another class in a jar that stays whole, with the signature of the former one. */
    private static void replaceAClass(Path jar) throws IOException {
        try (FileSystem inside = FileSystems.newFileSystem(jar)) {
            Path type;
            try (Stream<Path> files = Files.walk(inside.getPath("/"))) {
                type = files.filter(f -> f.toString().endsWith(".class")).findFirst().orElseThrow();
            }
            byte[] code = Files.readAllBytes(type);
            code[code.length - 1] ^= 1;
            Files.write(type, code);
        }
    }

    private static Path sign(Path jar, Path store) throws Exception {
        tool("jarsigner", "-keystore", store, "-storepass", "of the tests", jar, "signer");
        return jar;
    }

    private static void keytool(Object... arguments) throws Exception {
        Object[] all = Arrays.copyOf(arguments, arguments.length + 4);
        all[arguments.length] = "-alias";
        all[arguments.length + 1] = "signer";
        all[arguments.length + 2] = "-storepass";
        all[arguments.length + 3] = "of the tests";
        tool("keytool", all);
    }

    private static void tool(String name, Object... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(Path.of(System.getProperty("java.home"), "bin", name).toString()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        Ran ran = Installation.run(new ProcessBuilder(command), "");
        assertThat(ran.status()).as(ran.text()).isZero();
    }
}
