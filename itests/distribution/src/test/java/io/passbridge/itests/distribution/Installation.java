/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The built distribution, copied to a folder of its own and driven by its own {@code
 * bin/passbridge}. Close ends the platform and removes the folder.
 */
final class Installation implements AutoCloseable {
    private static final long LIMIT_SECONDS = 180;

    private final Path home;
    private final Map<String, String> environment = new TreeMap<>();

    private Installation(Path home) {
        this.home = home;
    }

    /** A fresh copy without any configuration beside the defaults. */
    static Installation fresh(String name) throws IOException, InterruptedException {
        Path built = Path.of(System.getProperty("distribution")).normalize();
        assertThat(built.resolve("bin/passbridge")).as("the built distribution").isRegularFile();
        Path work = Files.createDirectories(Path.of(System.getProperty("itests.work")));
        Path home = Files.createTempDirectory(work, name);
        Ran copied = run(new ProcessBuilder("cp", "-a", built + "/.", home.toString()), "");
        assertThat(copied.status()).as(copied.text()).isZero();
        return new Installation(home);
    }

    Path home() {
        return home;
    }

    Path data() {
        return home.resolve("data");
    }

    /** Sets a variable for every later command. */
    Installation with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Takes a variable away again. */
    Installation without(String variable) {
        environment.remove(variable);
        return this;
    }

    /** Writes a file of {@code etc/}. */
    Installation etc(String file, String... lines) throws IOException {
        Files.write(home.resolve("etc").resolve(file), List.of(lines));
        return this;
    }

    /**
     * Writes the files of a route from an LDIF file to an embedded directory: connectors {@code
     * people} and {@code cloud}, route {@code people_cloud}.
     *
     * @param more further lines of the route
     */
    Installation peopleToCloud(Path people, String... more) throws IOException {
        List<String> route =
                new ArrayList<>(
                        List.of(
                                "source = people",
                                "target = cloud",
                                "digest = pph1",
                                "accounts = create"));
        route.addAll(List.of(more));
        return etc(
                        "io.passbridge.connector.ldif-people.cfg",
                        "path = " + people,
                        "settleMillis = 100")
                .etc("io.passbridge.connector.directory-cloud.cfg", "signInPort = 0")
                .etc("io.passbridge.route-people_cloud.cfg", route.toArray(String[]::new));
    }

    /** A file that only its owner may read, as secrets are handed over in scripts. */
    Path secretFile(String name, String secret) throws IOException {
        Path file = home.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, secret + "\n");
    }

    /** Starts the platform in the background and waits until it is ready. */
    void start() throws IOException, InterruptedException {
        Ran started = passbridge("start");
        assertThat(started.status()).as(started.text()).isZero();
    }

    void stop() throws IOException, InterruptedException {
        Ran stopped = passbridge("stop");
        assertThat(stopped.status()).as(stopped.text()).isZero();
    }

    /** Kills the platform without warning. */
    void kill() throws IOException, InterruptedException {
        ProcessHandle platform = ProcessHandle.of(pid()).orElseThrow();
        platform.destroyForcibly();
        platform.onExit().join();
    }

    /** The process that holds the data folder. */
    long pid() throws IOException {
        String lock = Files.readString(data().resolve("lock"));
        return Long.parseLong(lock.replaceAll("(?s)\\D*(\\d+).*", "$1"));
    }

    /** {@code bin/passbridge} with arguments. */
    Ran passbridge(String... arguments) throws IOException, InterruptedException {
        return passbridgeWithInput("", arguments);
    }

    /** {@code bin/passbridge} with arguments and standard input. */
    Ran passbridgeWithInput(String input, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/passbridge").toString()));
        command.addAll(List.of(arguments));
        return run(process(command), input);
    }

    /** A process in this installation's folder and with its variables. */
    ProcessBuilder process(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().putAll(environment);
        return builder;
    }

    /** {@code bin/passbridge} with arguments, left to itself. */
    void passbridgeInBackground(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/passbridge").toString()));
        command.addAll(List.of(arguments));
        new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** One command on the running platform. */
    Ran exec(String command) throws IOException, InterruptedException {
        return passbridge("exec", command);
    }

    /** One command on the running platform that has to succeed; its output. */
    String done(String command) throws IOException, InterruptedException {
        Ran ran = exec(command);
        assertThat(ran.status()).as("%s: %s", command, ran.text()).isZero();
        return ran.out();
    }

    /** What the platform has logged. */
    String log() throws IOException {
        return Files.readString(data().resolve("log/passbridge.log"));
    }

    static Ran run(ProcessBuilder builder, String input) throws IOException, InterruptedException {
        Path out = Files.createTempFile("pb-out", "");
        Path err = Files.createTempFile("pb-err", "");
        try {
            Process process =
                    builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        builder.command()
                                + " did not end; it said "
                                + Files.readString(out)
                                + Files.readString(err));
            }
            return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (Files.exists(data().resolve("lock"))) {
            passbridge("stop");
        }
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
