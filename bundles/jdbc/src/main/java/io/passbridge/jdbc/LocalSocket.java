/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A Unix-domain socket in the shape that JDBC drivers expect. Options of TCP mean nothing here and
 * are taken without effect; that includes read time-outs, so the server's own statement time-out
 * ends what takes too long.
 */
final class LocalSocket extends Socket {
    private static final int BUFFER = 8_192;

    private final String path;
    private SocketChannel channel;
    private int readTimeout;

    LocalSocket(String path) {
        this.path = path;
    }

    @Override
    public void connect(SocketAddress ignored) throws IOException {
        connect(ignored, 0);
    }

    /** Connects to the socket's path, whatever address the driver asks for. */
    @Override
    public void connect(SocketAddress ignored, int timeout) throws IOException {
        SocketChannel opened = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            opened.connect(UnixDomainSocketAddress.of(Path.of(path)));
            channel = opened;
        } catch (IOException e) {
            opened.close();
            throw new IOException(path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public InputStream getInputStream() {
        return Channels.newInputStream(channel);
    }

    @Override
    public OutputStream getOutputStream() {
        return Channels.newOutputStream(channel);
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public boolean isConnected() {
        return channel != null;
    }

    @Override
    public boolean isClosed() {
        return channel != null && !channel.isOpen();
    }

    @Override
    public void setSoTimeout(int timeout) {
        readTimeout = timeout;
    }

    @Override
    public int getSoTimeout() {
        return readTimeout;
    }

    @Override
    public void setTcpNoDelay(boolean on) {
        // nothing is delayed
    }

    @Override
    public void setKeepAlive(boolean on) {
        // the kernel tells at once when the other side is gone
    }

    @Override
    public void setReceiveBufferSize(int size) {
        // left to the kernel
    }

    @Override
    public void setSendBufferSize(int size) {
        // left to the kernel
    }

    @Override
    public int getReceiveBufferSize() {
        return BUFFER;
    }

    @Override
    public int getSendBufferSize() {
        return BUFFER;
    }
}
