/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.jdbc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Gives the PostgreSQL driver connections over a Unix-domain socket, where the server can ask the
 * kernel who calls (peer authentication). The driver makes an instance by name with the socket's
 * path; it has no other way to be given one.
 */
public final class LocalSocketFactory extends SocketFactory {
    private final String path;

    public LocalSocketFactory(String path) {
        this.path = path;
    }

    @Override
    public Socket createSocket() {
        return new LocalSocket(path);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
            throws IOException {
        return connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected();
    }

    @Override
    public Socket createSocket(
            InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return connected();
    }

    private Socket connected() throws IOException {
        LocalSocket socket = new LocalSocket(path);
        socket.connect(null, 0);
        return socket;
    }
}
