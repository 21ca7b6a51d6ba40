/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.unixsocket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A Unix-domain socket in the form of a socket, for a library that wants one. What only TCP has
 * does nothing. The streams are our own: those of the JDK's channels make a writer wait for a
 * reader before Java 19.
 */
final class UnixSocket extends Socket {
    private final Path path;
    private volatile SocketChannel channel;
    private volatile boolean closed;

    UnixSocket(Path path) {
        this.path = path;
    }

    @Override
    public void connect(SocketAddress anywhere, int timeoutMillis) throws IOException {
        SocketChannel fresh = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            fresh.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException | RuntimeException e) {
            fresh.close();
            throw new IOException(path + ": " + e.getMessage(), e);
        }
        channel = fresh;
        if (closed) {
            fresh.close();
        }
    }

    @Override
    public void connect(SocketAddress anywhere) throws IOException {
        connect(anywhere, 0);
    }

    private SocketChannel connected() throws SocketException {
        SocketChannel it = channel;
        if (it == null) {
            throw new SocketException(path + " is not connected");
        }
        return it;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        SocketChannel from = connected();
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return length == 0 ? 0 : from.read(ByteBuffer.wrap(into, offset, length));
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        SocketChannel to = connected();
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                ByteBuffer rest = ByteBuffer.wrap(from, offset, length);
                while (rest.hasRemaining()) {
                    to.write(rest);
                }
            }
        };
    }

    @Override
    public boolean isConnected() {
        return channel != null;
    }

    @Override
    public boolean isBound() {
        return channel != null;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        SocketChannel it = channel;
        if (it != null) {
            it.close();
        }
    }

    /** This machine itself. */
    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public int getPort() {
        return 0;
    }

    @Override
    public int getLocalPort() {
        return 0;
    }

    @Override
    public void setKeepAlive(boolean on) {
        // of TCP alone
    }

    @Override
    public void setReuseAddress(boolean on) {
        // of TCP alone
    }

    @Override
    public void setTcpNoDelay(boolean on) {
        // of TCP alone
    }

    @Override
    public void setSoLinger(boolean on, int seconds) {
        // of TCP alone
    }

    /** Does nothing: the library waits for answers on its own. */
    @Override
    public void setSoTimeout(int millis) {
        // see above
    }

    @Override
    public int getSoTimeout() {
        return 0;
    }

    @Override
    public void setReceiveBufferSize(int bytes) {
        // the system's own is right
    }

    @Override
    public void setSendBufferSize(int bytes) {
        // the system's own is right
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
