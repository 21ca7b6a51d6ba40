/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Stands between the connector and a server: with a certificate, or to cut connections. */
final class Relay implements AutoCloseable {
    private final ServerSocket listener;
    private final boolean tls;
    private final int port;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /**
     * Whoever sends this gets no answer any more, after the server has given one; empty for none.
     */
    volatile String cutAfter = "";

    private volatile List<String> offer = List.of();

    /**
     * @param port of the server
     * @param tls with whose certificate to answer; empty for none
     */
    Relay(int port, Optional<SSLContext> tls) throws IOException {
        this.port = port;
        this.tls = tls.isPresent();
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        listener =
                tls.isPresent()
                        ? tls.get().getServerSocketFactory().createServerSocket(0, 50, loopback)
                        : new ServerSocket(0, 50, loopback);
        threads.execute(this::accept);
    }

    /** From the next connection on nothing else is agreed to. */
    void offer(String version, String suite) {
        offer = List.of(version, suite);
    }

    String url() {
        return (tls ? "https" : "http") + "://127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (!offer.isEmpty() && client instanceof SSLSocket sealed) {
                    sealed.setEnabledProtocols(new String[] {offer.get(0)});
                    sealed.setEnabledCipherSuites(new String[] {offer.get(1)});
                }
                Socket server = new Socket("127.0.0.1", port);
                AtomicBoolean cut = new AtomicBoolean();
                threads.execute(() -> pump(client, server, cut, false));
                threads.execute(() -> pump(server, client, cut, true));
            } catch (IOException e) {
                // a client that does not like the certificate, or the end
            }
        }
    }

    private void pump(Socket from, Socket to, AtomicBoolean cut, boolean answers) {
        byte[] buffer = new byte[64 << 10];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                if (answers && cut.get()) {
                    return;
                }
                String text = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
                if (!answers && !cutAfter.isEmpty() && text.contains(cutAfter)) {
                    cut.set(true);
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // either side has gone
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
