/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A wire to a server that can be cut: at once, or as soon as so much has come back. */
final class Wire implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile long answerBytesLeft = Long.MAX_VALUE;
    private volatile int cutAtOperation = -1;
    private volatile boolean deaf;
    private volatile CountDownLatch answered = new CountDownLatch(1);

    Wire(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "ldap://127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                if (cut) {
                    near.close();
                    continue;
                }
                sockets.add(near);
                Socket far = connect(near);
                if (far == null) {
                    continue;
                }
                sockets.add(far);
                start(() -> copy(near, far, false));
                start(() -> copy(far, near, true));
            } catch (IOException e) {
                // the server is down, or the wire is closed
            }
        }
    }

    /** A server that is down refuses whoever comes. */
    private Socket connect(Socket near) throws IOException {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException e) {
            near.close();
            return null;
        }
    }

    private void copy(Socket from, Socket to, boolean answer) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int length = in.read(buffer);
            while (length > 0) {
                if (!answer && operation(buffer) == cutAtOperation) {
                    answered = new CountDownLatch(1);
                    deaf = true;
                    out.write(buffer, 0, length);
                    out.flush();
                    // the server has it and answers; nobody hears that
                    answered.await(5, TimeUnit.SECONDS);
                    cut();
                    return;
                }
                if (answer && deaf) {
                    answered.countDown();
                    length = in.read(buffer);
                    continue;
                }
                if (answer) {
                    answerBytesLeft -= length;
                    if (answerBytesLeft < 0) {
                        cut();
                        return;
                    }
                }
                out.write(buffer, 0, length);
                length = in.read(buffer);
            }
        } catch (IOException e) {
            // cut
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The tag of the operation in a message of less than 64 KiB (RFC 4511 section 4.1.1). */
    private static int operation(byte[] message) {
        int lengthBytes = (message[1] & 0x80) == 0 ? 0 : message[1] & 0x7F;
        int id = 2 + lengthBytes;
        return message[id + 2 + message[id + 1]] & 0xFF;
    }

    /** Cuts every connection; new ones are refused until {@link #mend}. */
    void cut() {
        cut = true;
        sockets.forEach(
                socket -> {
                    try {
                        socket.close();
                    } catch (IOException e) {
                        // it is gone
                    }
                });
        sockets.clear();
    }

    /** Lets the next request of an operation arrive, and cuts the wire before its answer. */
    void cutAtTheAnswerTo(byte operation) {
        cutAtOperation = operation & 0xFF;
    }

    /** Cuts the wire when so many bytes have come back. */
    void cutAfter(long bytes) {
        answerBytesLeft = bytes;
    }

    void mend() {
        cutAtOperation = -1;
        deaf = false;
        answerBytesLeft = Long.MAX_VALUE;
        cut = false;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
