/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Takes notices as systemd does: a datagram socket, which Java has not, and therefore a program of
 * Python that writes down what arrives, each notice on one line.
 */
final class NotifyReceiver implements AutoCloseable {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final String PROGRAM =
            """
            import os, socket, sys
            taken = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            taken.bind(sys.argv[1])
            with open(sys.argv[2], 'w', buffering=1) as written:
                written.write('listening\\n')
                while True:
                    written.write(taken.recv(4096).decode().strip().replace('\\n', ' ') + '\\n')
            """;

    private final Path socket;
    private final Path notices;
    private final Process process;

    private NotifyReceiver(Path socket, Path notices, Process process) {
        this.socket = socket;
        this.notices = notices;
        this.process = process;
    }

    static boolean possible() {
        return Files.isExecutable(PYTHON) && System.getProperty("os.name").equals("Linux");
    }

    /** In a folder of its own, whose path is short. */
    static NotifyReceiver start(Path folder) throws IOException {
        Path socket = folder.resolve("notify");
        Path notices = folder.resolve("notices");
        Process process =
                new ProcessBuilder(
                                PYTHON.toString(),
                                "-c",
                                PROGRAM,
                                socket.toString(),
                                notices.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("python.log").toFile())
                        .start();
        return new NotifyReceiver(socket, notices, process);
    }

    Path socket() {
        return socket;
    }

    boolean isListening() throws IOException {
        return Files.exists(notices) && Files.readString(notices).startsWith("listening");
    }

    /** What has arrived so far, in its order. */
    List<String> notices() throws IOException {
        List<String> lines = Files.readAllLines(notices);
        return lines.subList(1, lines.size());
    }

    /** How often a word has arrived. */
    long count(String word) throws IOException {
        return notices().stream().filter(notice -> notice.contains(word)).count();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
    }
}
