/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Sockets of another factory that negotiate approved algorithms only. */
public final class ApprovedSockets extends SSLSocketFactory {
    private final SSLSocketFactory sockets;

    public ApprovedSockets(SSLSocketFactory sockets) {
        this.sockets = sockets;
    }

    @Override
    public Socket createSocket() throws IOException {
        return restrict(sockets.createSocket());
    }

    @Override
    public Socket createSocket(Socket open, String host, int port, boolean close)
            throws IOException {
        return restrict(sockets.createSocket(open, host, port, close));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return restrict(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
            throws IOException {
        return restrict(sockets.createSocket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return restrict(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
            throws IOException {
        return restrict(sockets.createSocket(host, port, from, fromPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }

    private static Socket restrict(Socket socket) {
        SSLSocket sealed = (SSLSocket) socket;
        SSLParameters parameters = sealed.getSSLParameters();
        Tls.restrict(parameters);
        sealed.setSSLParameters(parameters);
        return sealed;
    }
}
