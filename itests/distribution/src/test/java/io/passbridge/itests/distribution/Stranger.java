/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Somebody with Maven who has never built Passbridge: in a repository of his own there are the
 * artifacts of this build as they were released, and everything else comes from the repository of
 * this machine as from a server. No network.
 */
final class Stranger {
    private static final String VERSION = System.getProperty("project.version");
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private final Path repository;
    private final Path settings;
    private final Path tools;

    private Stranger(Path folder) {
        repository = folder.resolve("repository");
        settings = folder.resolve("settings.xml");
        tools = folder.resolve("bin");
    }

    static Stranger in(Path folder) throws IOException {
        Stranger stranger = new Stranger(Files.createDirectories(folder));
        Files.writeString(
                stranger.settings,
                """
                <settings>
                  <localRepository>%s</localRepository>
                  <mirrors>
                    <mirror><id>machine</id><mirrorOf>*</mirrorOf><url>%s</url></mirror>
                  </mirrors>
                </settings>
                """
                        .formatted(
                                stranger.repository,
                                Path.of(System.getProperty("localRepository")).toUri()));
        Path maven = Files.createDirectories(stranger.tools).resolve("mvn");
        // the arguments of a shell are its own; the name would find itself
        Files.writeString(
                maven,
                "#!/bin/sh\nPATH=${PATH#*:}\nexec mvn -ntp -s '%s' \"$@\"\n"
                        .formatted(stranger.settings));
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwx------"));
        stranger.release(ROOT, "passbridge");
        stranger.release(ROOT.resolve("bundles"), "bundles");
        stranger.release(ROOT.resolve("features/bom"), "passbridge-bom");
        stranger.release(ROOT.resolve("features/archetype"), "passbridge-connector-archetype");
        try (Stream<Path> bundles = Files.list(ROOT.resolve("bundles"))) {
            for (Path bundle : bundles.filter(b -> Files.exists(b.resolve("pom.xml"))).toList()) {
                String name = bundle.getFileName().toString().replace('-', '.');
                stranger.release(bundle, "io.passbridge." + name);
            }
        }
        return stranger;
    }

    private void release(Path module, String artifact) throws IOException {
        Path to =
                Files.createDirectories(
                        repository.resolve("io/passbridge").resolve(artifact).resolve(VERSION));
        String name = artifact + "-" + VERSION;
        Files.copy(module.resolve("pom.xml"), to.resolve(name + ".pom"));
        Path jar = module.resolve("target").resolve(name + ".jar");
        if (Files.exists(jar)) {
            Files.copy(jar, to.resolve(name + ".jar"));
        }
    }

    /** Runs a script, which has to succeed, in a shell whose {@code mvn} is the stranger's. */
    String run(Path folder, Map<String, String> environment, String script)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("bash", "-e", "-c", script).directory(folder.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().merge("PATH", tools.toString(), (path, own) -> own + ":" + path);
        Ran ran = Installation.run(builder, "");
        assertThat(ran.status()).as("%s: %s", script, ran.text()).isZero();
        return ran.out();
    }

    /** A copy of a folder of the sources, without what was built in it. */
    static Path copy(String folder, Path to) throws IOException {
        Path from = ROOT.resolve(folder);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(f -> !f.startsWith(from.resolve("target"))).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        return to;
    }
}
