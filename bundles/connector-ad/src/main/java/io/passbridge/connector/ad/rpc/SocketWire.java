/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;

/** A TCP connection. */
final class SocketWire implements Wire {
    /** A page that was asked for ahead can arrive as a whole while the one before is decoded. */
    private static final int RECEIVE_BUFFER = 1 << 20;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private SocketWire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    static SocketWire connect(InetSocketAddress address, Duration timeout) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(address, (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE));
            return new SocketWire(socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public int read(byte[] into, int offset, int length, Deadline deadline) throws IOException {
        socket.setSoTimeout(deadline.millisLeft());
        return in.read(into, offset, length);
    }

    @Override
    public void write(byte[] message) throws IOException {
        synchronized (out) {
            out.write(message);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
