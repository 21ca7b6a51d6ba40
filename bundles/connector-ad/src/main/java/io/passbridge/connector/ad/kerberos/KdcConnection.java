/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;

/**
 * One exchange with a key distribution centre over TCP: four octets of length, then the message
 * (RFC 4120 section 7.2.2).
 */
final class KdcConnection {
    private static final int MOST = 1 << 17;

    private final InetSocketAddress address;
    private final Duration timeout;

    KdcConnection(InetSocketAddress address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
    }

    /**
     * @throws IOException if it cannot be reached, does not answer within the time, or answers with
     *     more than 128 KiB
     */
    byte[] ask(byte[] request) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address.getHostString(), address.getPort()),
                    (int) timeout.toMillis());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            byte[] framed = Arrays.copyOf(new byte[Integer.BYTES], Integer.BYTES + request.length);
            java.nio.ByteBuffer.wrap(framed).putInt(request.length).put(request);
            out.write(framed);
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] head = read(socket, in, Integer.BYTES, end);
            int length = java.nio.ByteBuffer.wrap(head).getInt();
            if (length < 1 || length > MOST) {
                throw new IOException(
                        "an answer of " + Integer.toUnsignedString(length) + " bytes is announced");
            }
            return read(socket, in, length, end);
        }
    }

    /** However slowly the octets come, the time is the time of the whole. */
    private static byte[] read(Socket socket, DataInputStream in, int length, long end)
            throws IOException {
        byte[] bytes = new byte[length];
        int at = 0;
        while (at < length) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException("no whole answer within the time");
            }
            socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, left));
            int read = in.read(bytes, at, length - at);
            if (read < 0) {
                throw new IOException("the connection was closed within the answer");
            }
            at += read;
        }
        return bytes;
    }
}
