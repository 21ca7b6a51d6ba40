/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A throw-away PostgreSQL server on a free loopback port, with SCRAM passwords over TCP and trust
 * over its socket. PostgreSQL refuses to run as root, so root starts it as the account {@code
 * postgres}.
 */
public final class PostgresLab implements AutoCloseable {
    /** The role that owns the database {@code postgres}. */
    public static final String ROLE = "passbridge";

    /** Its password. */
    public static final String PASSWORD = "correct horse battery";

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private final Path folder;
    private final int port;

    private PostgresLab(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Whether the server's programs are there. */
    public static boolean possible() {
        return programs().isPresent();
    }

    private static Optional<Path> programs() {
        String given = System.getProperty("postgresql.bin");
        if (given != null) {
            return Optional.of(Path.of(given));
        }
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    public static PostgresLab up() throws IOException, InterruptedException {
        Path folder = folder();
        Path password = Files.writeString(folder.resolve("initial"), PASSWORD + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        PostgresLab lab = new PostgresLab(folder, freePort());
        lab.asOwner(
                "initdb",
                "-D",
                lab.data(),
                "-U",
                ROLE,
                "--auth-local=trust",
                "--auth-host=scram-sha-256",
                "--encoding=UTF8",
                "--no-sync",
                "--pwfile=" + password);
        lab.start();
        return lab;
    }

    private static Path folder() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("passbridge-postgresql-");
        if (ROOT) {
            LabCommand.run(new ProcessBuilder("chown", "postgres", folder.toString()), "");
        }
        return folder;
    }

    /** A standby of this server, asynchronous as long as this one does not wait for it. */
    public PostgresLab standby() throws IOException, InterruptedException {
        return standby(freePort());
    }

    /** A standby of this server where another one was, which is closed. */
    public PostgresLab standbyInPlaceOf(PostgresLab former)
            throws IOException, InterruptedException {
        former.close();
        return standby(former.port);
    }

    private PostgresLab standby(int at) throws IOException, InterruptedException {
        PostgresLab standby = new PostgresLab(folder(), at);
        standby.asOwner(
                "pg_basebackup",
                "-D",
                standby.data(),
                "-h",
                folder.toString(),
                "-p",
                Integer.toString(port),
                "-U",
                ROLE,
                "--write-recovery-conf",
                "--checkpoint=fast",
                "--no-sync");
        standby.start();
        return standby;
    }

    /** Makes a standby the one that takes writes. */
    public void promote() throws IOException, InterruptedException {
        asOwner("pg_ctl", "-D", data(), "-w", "-s", "promote");
    }

    /** Ends every process of it without warning, as a loss of power does. */
    public void kill() throws IOException {
        ProcessHandle postmaster = ProcessHandle.of(pid()).orElseThrow();
        List<ProcessHandle> all =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    private long pid() throws IOException {
        return Long.parseLong(
                Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0).strip());
    }

    /** The url of two servers of which the one that takes writes is meant. */
    public String urlWith(PostgresLab other) {
        return "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/postgres?targetServerType=primary"
                .formatted(port, other.port);
    }

    /**
     * Starts it again with TLS.
     *
     * @param settings as in its configuration file: {@code ssl_ciphers=...}
     */
    public void restartWithTls(Identity identity, String... settings)
            throws IOException, InterruptedException, GeneralSecurityException {
        stop();
        List<String> options =
                new ArrayList<>(
                        List.of(
                                "ssl=on",
                                "ssl_cert_file=" + own("server.crt", identity.certificateInPem()),
                                "ssl_key_file=" + own("server.key", identity.keyInPem())));
        options.addAll(List.of(settings));
        start(options.toArray(String[]::new));
    }

    /** A file that the server alone may read. */
    private Path own(String name, String content) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        if (ROOT) {
            LabCommand.run(new ProcessBuilder("chown", "postgres", file.toString()), "");
        }
        return file;
    }

    /**
     * Starts it again on the same port and data.
     *
     * @param settings as in its configuration file
     */
    public void start(String... settings) throws IOException, InterruptedException {
        asOwner(
                "pg_ctl",
                "-D",
                data(),
                "-w",
                "-s",
                "-l",
                folder.resolve("log").toString(),
                "-o",
                "-p "
                        + port
                        + " -c listen_addresses=127.0.0.1 -k "
                        + folder
                        + " -c fsync=off"
                        + Stream.of(settings)
                                .map(setting -> " -c " + setting)
                                .collect(Collectors.joining()),
                "start");
    }

    /** Stops it without waiting for anybody; one that was killed is left as it is. */
    public void stop() throws IOException, InterruptedException {
        if (!isRunning()) {
            return;
        }
        asOwner("pg_ctl", "-D", data(), "-s", "-m", "immediate", "stop");
    }

    private boolean isRunning() throws IOException {
        return Files.exists(folder.resolve("data/postmaster.pid"))
                && ProcessHandle.of(pid()).filter(ProcessHandle::isAlive).isPresent();
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** The Unix-domain socket. */
    public Path socket() {
        return folder.resolve(".s.PGSQL." + port);
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void asOwner(String program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (ROOT) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres"));
            command.add("--clear-groups");
        }
        command.add(programs().orElseThrow().resolve(program).toString());
        command.addAll(List.of(arguments));
        LabCommand.run(new ProcessBuilder(command).directory(Path.of("/").toFile()), "");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
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
