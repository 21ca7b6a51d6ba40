/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.demo;

import io.passbridge.launcher.platform.Home;
import io.passbridge.launcher.platform.LaunchException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder of its own: the platform's etc, deploy and data, and the made-up directory. */
final class DemoFolder {
    private static final String MARK = ".passbridge-demo";

    private final Path root;
    private final Home home;

    private DemoFolder(Path root, Home distribution) {
        this.root = root;
        this.home =
                distribution.with(
                        root.resolve("etc"), root.resolve("deploy"), root.resolve("data"));
    }

    static DemoFolder temporary(Home distribution) throws IOException {
        Path root = Files.createTempDirectory("passbridge-demo-");
        Files.createFile(root.resolve(MARK));
        return new DemoFolder(root, distribution);
    }

    /** A folder that does not exist, is empty, or was used for a demonstration before. */
    static DemoFolder at(Path root, Home distribution) throws IOException, LaunchException {
        if (Files.exists(root)) {
            try (Stream<Path> content = Files.list(root)) {
                if (!Files.exists(root.resolve(MARK)) && content.findAny().isPresent()) {
                    throw LaunchException.failed(
                            root + " is not empty; name a new folder for the demonstration");
                }
            }
            io.passbridge.launcher.platform.DataLock.take(existing(root.resolve("data"))).close();
            clear(root);
        }
        Files.createDirectories(root);
        Files.createFile(root.resolve(MARK));
        return new DemoFolder(root, distribution);
    }

    private static Path existing(Path data) throws IOException {
        return Files.createDirectories(data);
    }

    private static void clear(Path root) throws IOException {
        try (Stream<Path> content = Files.walk(root)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    Path root() {
        return root;
    }

    Home home() {
        return home;
    }

    Path people() {
        return root.resolve("sample").resolve("people.ldif");
    }

    /** Runs the generator that the distribution brings along. */
    void generatePeople(int count) throws IOException, LaunchException, InterruptedException {
        Path jar = home.root().resolve("lib").resolve("sample").resolve("passbridge-sample.jar");
        Process generator =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                jar + File.pathSeparator + bouncyCastle(),
                                "io.passbridge.sample.SamplePeople",
                                "--out",
                                people().getParent().toString(),
                                "--people",
                                Integer.toString(count))
                        .redirectErrorStream(true)
                        .start();
        String said = new String(generator.getInputStream().readAllBytes());
        if (generator.waitFor() != 0) {
            throw LaunchException.failed("the sample directory cannot be generated: " + said);
        }
    }

    private Path bouncyCastle() throws IOException, LaunchException {
        try (Stream<Path> bundles = Files.walk(home.root().resolve("bundles"))) {
            return bundles.filter(path -> path.getFileName().toString().startsWith("bcprov-"))
                    .findFirst()
                    .orElseThrow(() -> LaunchException.failed("bundles/ has no Bouncy Castle"));
        }
    }

    /** Writes what an administrator would write: two connectors and a route. */
    void configure() throws IOException {
        Files.createDirectories(home.etc());
        configure(
                "io.passbridge.connector.ldif-sample.cfg",
                "# the source: a file in which another system keeps its people",
                "path = " + people(),
                "# read as soon as the file has been still for so long",
                "settleMillis = 300");
        configure(
                "io.passbridge.connector.directory-cloud.cfg",
                "# the target: the embedded cloud directory, on a free port of this machine",
                "signInPort = 0");
        configure(
                "io.passbridge.route-sample_cloud.cfg",
                "source = sample",
                "target = cloud",
                "# the scheme of Azure AD Connect; pph2 is stronger and takes longer",
                "digest = pph1",
                "# make the users at the target, too",
                "accounts = create",
                "# salted schemes of the source that the target knows are passed on as they are",
                "passThrough = *");
    }

    private void configure(String file, String... lines) throws IOException {
        Files.write(home.etc().resolve(file), List.of(lines));
    }

    /** Appends one of the prepared changes to the directory, as its administrator would. */
    void append(String change) throws IOException {
        Path file = people().resolveSibling("changes").resolve(change);
        Files.write(people(), Files.readAllBytes(file), StandardOpenOption.APPEND);
    }

    /** Where the cloud directory answers sign-ins. */
    String signInAddress() throws IOException {
        return Files.readString(
                        home.data().resolve("connectors").resolve("cloud").resolve("sign-in.url"))
                .strip();
    }
}
