/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.syslog;

import io.passbridge.tls.Refusal;
import io.passbridge.tls.Tls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Where messages go. Immutable.
 *
 * @param tls false for plain TCP
 * @param authorities PEM file, or empty for those that Java knows
 */
record Receiver(String host, int port, boolean tls, Optional<Path> authorities) {
    private static final int PATIENCE = (int) Duration.ofSeconds(10).toMillis();

    Receiver {
        if (host == null || host.isBlank()) {
            throw new IllegalArgumentException(
                    "host of io.passbridge.syslog is missing; name the receiver, or delete the"
                            + " file");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException(
                    "port " + port + " of io.passbridge.syslog is not within 1 to 65535");
        }
    }

    /**
     * @param fips whether only approved algorithms may be used
     * @throws IOException with the reason in words
     */
    SyslogConnection open(boolean fips) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), PATIENCE);
            socket.setKeepAlive(true);
            return new SyslogConnection(tls ? secured(socket, fips) : socket);
        } catch (UnknownHostException e) {
            socket.close();
            throw new IOException("no address is known for " + host, e);
        } catch (IOException e) {
            socket.close();
            throw fips
                    ? new IOException(Refusal.in(e).orElse(String.valueOf(e.getMessage())), e)
                    : e;
        }
    }

    private SSLSocket secured(Socket socket, boolean fips) throws IOException {
        try {
            SSLSocket secured =
                    (SSLSocket)
                            Tls.of(authorities, null, fips)
                                    .sockets()
                                    .createSocket(socket, host, port, true);
            SSLParameters parameters = secured.getSSLParameters();
            // the certificate has to be of this host (RFC 5425 section 5.2)
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(parameters);
            secured.setSoTimeout(PATIENCE);
            secured.startHandshake();
            secured.setSoTimeout(0);
            return secured;
        } catch (GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port + (tls ? "" : " (without TLS)");
    }
}
