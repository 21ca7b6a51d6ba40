/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Passes connections on to a server and keeps every byte of both directions. */
final class WireTap implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket();
    private final InetSocketAddress server;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    WireTap(InetSocketAddress at, InetSocketAddress server) throws IOException {
        this.server = server;
        listener.bind(at);
        daemon(
                () -> {
                    while (true) {
                        connect(listener.accept());
                    }
                });
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (IOException e) {
                                // a connection has ended, or the tap
                            }
                        },
                        "wire-tap");
        thread.setDaemon(true);
        thread.start();
    }

    private void connect(Socket client) throws IOException {
        Socket onward = new Socket();
        try {
            onward.connect(server);
        } catch (IOException e) {
            client.close();
            return;
        }
        daemon(() -> pass(client, onward));
        daemon(() -> pass(onward, client));
    }

    private void pass(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] part = new byte[8192];
            for (int n = in.read(part); n > 0; n = in.read(part)) {
                seen.write(part, 0, n);
                out.write(part, 0, n);
                out.flush();
            }
        }
    }

    byte[] seen() {
        return seen.toByteArray();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
