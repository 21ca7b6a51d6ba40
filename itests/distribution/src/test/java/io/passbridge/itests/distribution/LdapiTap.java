/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Passes connections on to the socket of a directory. Once armed it lets the directory carry a
 * change out and keeps the answer back, which is the moment between a write and its answer.
 */
final class LdapiTap implements AutoCloseable {
    /** Tags of ModifyRequest and ModifyResponse (RFC 4511, 4.6). */
    private static final byte MODIFY_REQUEST = 0x66;

    private static final byte MODIFY_RESPONSE = 0x67;

    private final Path server;
    private final ServerSocketChannel listener =
            ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    private final AtomicReference<Runnable> armed = new AtomicReference<>();
    private volatile String entry = "";
    private volatile boolean asked;

    LdapiTap(Path at, Path server) throws IOException {
        this.server = server;
        listener.bind(UnixDomainSocketAddress.of(at));
        daemon(
                () -> {
                    while (true) {
                        connect(listener.accept());
                    }
                });
    }

    /**
     * What to do at the next change of an entry that was carried out, in place of its answer.
     *
     * @param name how its distinguished name begins
     */
    void arm(String name, Runnable act) {
        entry = name;
        asked = false;
        armed.set(act);
    }

    /** Whether that has not happened yet. */
    boolean isArmed() {
        return armed.get() != null;
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
                        "ldapi-tap");
        thread.setDaemon(true);
        thread.start();
    }

    private void connect(SocketChannel client) throws IOException {
        SocketChannel onward;
        try {
            onward = SocketChannel.open(UnixDomainSocketAddress.of(server));
        } catch (IOException e) {
            client.close();
            return;
        }
        daemon(() -> pass(client, onward, false));
        daemon(() -> pass(onward, client, true));
    }

    private void pass(SocketChannel from, SocketChannel to, boolean answers) throws IOException {
        try (from;
                to) {
            ByteBuffer part = ByteBuffer.allocate(8192);
            while (from.read(part.clear()) > 0) {
                part.flip();
                if (!answers && isOperation(part, MODIFY_REQUEST)) {
                    asked |= armed.get() != null && text(part).contains(entry);
                } else if (answers && asked && isOperation(part, MODIFY_RESPONSE)) {
                    Runnable act = armed.getAndSet(null);
                    if (act != null) {
                        act.run();
                        return;
                    }
                }
                while (part.hasRemaining()) {
                    to.write(part);
                }
            }
        }
    }

    /** The client waits for each answer, so that a message begins each part that is read. */
    private static boolean isOperation(ByteBuffer part, byte tag) {
        int length = part.get(1);
        int id = 2 + (length < 0 ? length & 0x7f : 0);
        int operation = id + 2 + part.get(id + 1);
        return operation < part.limit() && part.get(operation) == tag;
    }

    private static String text(ByteBuffer part) {
        return StandardCharsets.ISO_8859_1.decode(part.duplicate()).toString();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
