/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/** A throw-away PostgreSQL on a free loopback port; root runs it as the account postgres. */
record PostgresCluster(Path folder, int port) implements AutoCloseable {
    static final String ROLE = "directory";
    static final String PASSWORD = "correct horse";
    private static final Path BIN =
            Path.of(System.getProperty("postgresql.bin", "/usr/lib/postgresql/15/bin"));

    static boolean isInstalled() {
        return Files.isExecutable(BIN.resolve("initdb"));
    }

    static PostgresCluster start() throws Exception {
        Path folder = Files.createTempDirectory("passbridge-directory-");
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        PostgresCluster cluster = new PostgresCluster(folder, port);
        Path password = Files.writeString(folder.resolve("initial"), PASSWORD);
        if (isRoot()) {
            cluster.run("chown", "-R", "postgres", folder.toString());
        }
        cluster.tool("initdb", "-U", ROLE, "-A", "scram-sha-256", "-N", "--pwfile=" + password);
        String options = "-p " + port + " -c listen_addresses=127.0.0.1 -k " + folder + " -F";
        cluster.tool("pg_ctl", "-w", "-s", "-l", folder + "/log", "-o", options, "start");
        return cluster;
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    void setPassword(String present, String wanted) throws Exception {
        try (Connection connection = DriverManager.getConnection(url(), ROLE, present)) {
            connection
                    .unwrap(PGConnection.class)
                    .alterUserPassword(ROLE, wanted.toCharArray(), null);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private void tool(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres"));
            command.add("--clear-groups");
        }
        command.addAll(List.of(BIN.resolve(program).toString(), "-D", folder + "/data"));
        command.addAll(List.of(arguments));
        run(command.toArray(String[]::new));
    }

    private void run(String... command) throws Exception {
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " failed");
        }
    }

    @Override
    public void close() throws Exception {
        tool("pg_ctl", "-s", "-m", "immediate", "stop");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
