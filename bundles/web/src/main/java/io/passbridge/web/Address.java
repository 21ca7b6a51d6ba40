/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Where to listen.
 *
 * @param host as it is configured
 * @param port 1 to 65535
 */
record Address(String host, int port) {
    private static final int PATIENCE_MILLIS = 2_000;

    /** Why it may not or cannot be listened to; empty if it can. */
    Optional<Refusal> refusal() {
        if (port < 1 || port > 65_535) {
            return refuse("port = " + port + " is none", "set it from 1 to 65535");
        }
        try {
            if (!resolved().isLoopbackAddress()) {
                return refuse(
                        "host = "
                                + host
                                + " can be reached from other computers, and the port has neither"
                                + " TLS nor a sign-in",
                        "leave 'host' away, and let a proxy on this machine that has both stand"
                                + " in front (docs/monitoring.md)");
            }
        } catch (UnknownHostException e) {
            return refuse("host = " + host + " is no address of this machine", "leave it away");
        }
        return taken();
    }

    private Optional<Refusal> taken() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(resolved(), port));
            return Optional.empty();
        } catch (IOException e) {
            return refuse(
                    this + " cannot be listened to: " + e.getMessage(),
                    "choose a port that no other program has, from 1024 on for an account that"
                            + " is not root");
        }
    }

    private static Optional<Refusal> refuse(String text, String remedy) {
        return Optional.of(new Refusal(text, remedy));
    }

    InetAddress resolved() throws UnknownHostException {
        return InetAddress.getByName(host);
    }

    /** Whether somebody takes connections there. */
    boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(resolved(), port), PATIENCE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /**
     * Why not.
     *
     * @param text names the value
     * @param remedy what to do
     */
    record Refusal(String text, String remedy) {}
}
