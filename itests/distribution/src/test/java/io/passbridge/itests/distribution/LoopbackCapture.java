/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * What passes over the loopback interface to and from one address by TCP, one file for each
 * direction of each connection. Needs root.
 */
final class LoopbackCapture implements AutoCloseable {
    /** Each packet is seen once, on its way in; what is sent again is kept again. */
    private static final String PROGRAM =
            """
            import os, socket, struct, sys
            address, folder = socket.inet_aton(sys.argv[1]), sys.argv[2]
            tap = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0800))
            tap.setsockopt(socket.SOL_SOCKET, 33, 64 << 20)
            tap.bind(("lo", 0x0800))
            open(os.path.join(folder, "ready"), "w").close()
            while True:
                packet = tap.recv(70000)
                if packet[9] != 6 or address not in (packet[12:16], packet[16:20]):
                    continue
                head = (packet[0] & 15) * 4
                ports = struct.unpack(">HH", packet[head:head + 4])
                data = packet[head + (packet[head + 12] >> 4) * 4:]
                if data:
                    name = "%s-%d-%s-%d" % (socket.inet_ntoa(packet[12:16]), ports[0],
                                            socket.inet_ntoa(packet[16:20]), ports[1])
                    with open(os.path.join(folder, name), "ab") as out:
                        out.write(data)
            """;

    private final Path folder;
    private final Process process;

    LoopbackCapture(String address, Path folder) throws IOException {
        this.folder = Files.createDirectory(folder);
        this.process =
                new ProcessBuilder(
                                List.of(
                                        "/usr/bin/python3",
                                        "-c",
                                        PROGRAM,
                                        address,
                                        folder.toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolveSibling("capture.log").toFile())
                        .start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(folder.resolve("ready")));
    }

    /** Where the files are, complete once this was closed. */
    Path folder() {
        return folder;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor(60, TimeUnit.SECONDS);
    }
}
