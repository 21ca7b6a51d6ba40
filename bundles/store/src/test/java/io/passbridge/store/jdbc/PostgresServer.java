/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of our own in a temporary folder, on a free loopback port, with SCRAM
 * passwords over TCP and peer authentication over its socket. PostgreSQL refuses to run as root, so
 * root starts it as the account {@code postgres}.
 */
final class PostgresServer implements AutoCloseable {
    private static final Path BIN =
            Path.of(System.getProperty("postgresql.bin", "/usr/lib/postgresql/15/bin"));
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
    static final String PASSWORD = "correct horse battery";

    private final Path folder;
    private final int port;

    private PostgresServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    static boolean isInstalled() {
        return Files.isExecutable(BIN.resolve("initdb"));
    }

    static PostgresServer start() throws Exception {
        Path folder = Files.createTempDirectory("passbridge-postgresql-");
        if (ROOT) {
            run(List.of("chown", "postgres", folder.toString()));
        }
        Path password = Files.writeString(folder.resolve("initial"), PASSWORD + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        PostgresServer server = new PostgresServer(folder, freePort());
        server.asOwner(
                "initdb",
                "-D",
                server.data(),
                "-U",
                "passbridge",
                "--auth-local=trust",
                "--auth-host=scram-sha-256",
                "--encoding=UTF8",
                "--no-sync",
                "--pwfile=" + password);
        server.restart();
        return server;
    }

    void restart() throws Exception {
        asOwner(
                "pg_ctl",
                "-D",
                data(),
                "-w",
                "-s",
                "-l",
                folder.resolve("log").toString(),
                "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -k " + folder + " -c fsync=off",
                "start");
    }

    void stop() throws Exception {
        asOwner("pg_ctl", "-D", data(), "-s", "-m", "immediate", "stop");
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    Path socket() {
        return folder.resolve(".s.PGSQL." + port);
    }

    /** A password file as an operator would write it. */
    PasswordSource password(Path folder) throws IOException {
        Path file = folder.resolve("database-password");
        if (Files.notExists(file)) {
            OwnerOnly.file(file);
            Files.writeString(file, PASSWORD + "\n");
        }
        return PasswordSource.of(file.toString(), "", "");
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void asOwner(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        if (ROOT) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres"));
            command.add("--clear-groups");
        }
        command.add(BIN.resolve(program).toString());
        command.addAll(List.of(arguments));
        run(command);
    }

    private static void run(List<String> command) throws Exception {
        Path output = Files.createTempFile("passbridge-command-", ".log");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(output.getParent().toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(
                        command + " failed: " + Files.readString(output, StandardCharsets.UTF_8));
            }
        } finally {
            Files.delete(output);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws Exception {
        try {
            stop();
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
