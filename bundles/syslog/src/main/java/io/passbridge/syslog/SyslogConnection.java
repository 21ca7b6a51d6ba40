/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.syslog;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A connection to a receiver. Syslog has no answers: what the receiver has is known for certain
 * only if it ends the connection after we have, see {@link #finish}. Used by one thread.
 */
final class SyslogConnection implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Socket socket;
    private final OutputStream out;
    private final CountDownLatch ended = new CountDownLatch(1);

    SyslogConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        InputStream in = socket.getInputStream();
        Thread listener = new Thread(() -> drain(in), "passbridge-syslog-end");
        listener.setDaemon(true);
        listener.start();
    }

    /** A write to a receiver that has gone succeeds; only reading tells of its end. */
    private void drain(InputStream in) {
        try {
            byte[] nothing = new byte[256];
            while (in.read(nothing) >= 0) {
                // receivers say nothing
            }
        } catch (IOException e) {
            // an end, too
        } finally {
            ended.countDown();
        }
    }

    void send(List<byte[]> frames) throws IOException {
        requireOpen();
        for (byte[] frame : frames) {
            out.write(frame);
        }
        out.flush();
    }

    /** Fails if the receiver has ended the connection. */
    void requireOpen() throws IOException {
        if (ended.getCount() == 0) {
            throw new IOException("it has ended the connection");
        }
    }

    /** Ends our half; whether the receiver has then read everything and ended its own. */
    boolean finish() throws IOException, InterruptedException {
        requireOpen();
        socket.shutdownOutput();
        return ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
