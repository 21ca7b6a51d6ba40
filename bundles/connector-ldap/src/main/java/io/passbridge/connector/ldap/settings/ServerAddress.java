/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.settings;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * One server, as its LDAP URL names it.
 *
 * @param host a name or an address, as the server's certificate has it
 * @param ldaps whether TLS is spoken from the first byte
 */
public record ServerAddress(String host, int port, boolean ldaps) {
    private static final int LDAP_PORT = 389;
    private static final int LDAPS_PORT = 636;

    /**
     * Reads {@code ldap://HOST[:PORT]} or {@code ldaps://HOST[:PORT]}.
     *
     * @throws IllegalArgumentException if the text is not of that form
     */
    public static ServerAddress parse(String text) {
        URI uri = URI.create(text);
        boolean ldaps = "ldaps".equalsIgnoreCase(uri.getScheme());
        boolean bare =
                (uri.getPath() == null || uri.getPath().length() <= 1)
                        && uri.getQuery() == null
                        && uri.getUserInfo() == null;
        if (!ldaps && !"ldap".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null || !bare) {
            throw new IllegalArgumentException("'" + text + "' is no ldap:// or ldaps:// address");
        }
        int usual = ldaps ? LDAPS_PORT : LDAP_PORT;
        String host = uri.getHost();
        return new ServerAddress(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                uri.getPort() < 0 ? usual : uri.getPort(),
                ldaps);
    }

    /** Whether the server is this machine: what is said to it crosses no network. */
    public boolean isLoopback() {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        // literal addresses alone: a name is not looked up for this
        boolean literal = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
        try {
            return literal && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return (ldaps ? "ldaps://" : "ldap://") + name + ":" + port;
    }
}
