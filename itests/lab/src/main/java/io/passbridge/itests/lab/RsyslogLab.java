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
import java.util.List;
import java.util.stream.Stream;

/** A throw-away rsyslog that receives over TLS, made by {@code itests/lab/rsyslog.sh}. */
public final class RsyslogLab implements AutoCloseable {
    private final Path folder;
    private final int port;

    private RsyslogLab(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Whether one can be made here: it needs Debian's rsyslog and rsyslog-gnutls. */
    public static boolean possible() {
        return Files.isExecutable(Path.of("/usr/sbin/rsyslogd"))
                && Files.isExecutable(Path.of("/usr/bin/openssl"))
                && gnuTls();
    }

    private static boolean gnuTls() {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.anyMatch(
                    folder -> Files.exists(folder.resolve("rsyslog/lmnsd_gtls.so")));
        } catch (IOException e) {
            return false;
        }
    }

    /** Starts one. */
    public static RsyslogLab start() throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        RsyslogLab lab = new RsyslogLab(Files.createTempDirectory("pb-rsyslog"), port);
        lab.run("up");
        return lab;
    }

    /** The TCP port on {@code localhost}. */
    public int port() {
        return port;
    }

    /** The PEM file of the authority that signed the receiver's certificate. */
    public Path authority() {
        return folder.resolve("ca.pem");
    }

    /** The messages that were received, in their order. */
    public List<String> received() throws IOException {
        Path file = folder.resolve("received.log");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** Ends the receiver without a warning. */
    public void kill() throws IOException, InterruptedException {
        run("kill");
    }

    /** Starts it again. */
    public void startAgain() throws IOException, InterruptedException {
        run("start");
    }

    private void run(String verb) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(LabCommand.script("rsyslog.sh").toString(), verb);
        builder.environment().put("LAB", folder.toString());
        builder.environment().put("PORT", Integer.toString(port));
        LabCommand.run(builder, "");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("down");
        LabCommand.run(new ProcessBuilder("rm", "-r", folder.toString()), "");
    }
}
