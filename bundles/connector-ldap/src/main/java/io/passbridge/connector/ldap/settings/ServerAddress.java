/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.settings;

import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/**
 * One server, as its LDAP URL names it.
 *
 * @param host a name or an address, as the server's certificate has it; the path of a socket with
 *     {@link Transport#LDAPI}
 * @param port 0 with {@link Transport#LDAPI}
 */
public record ServerAddress(String host, int port, Transport transport) {
    private static final int LDAP_PORT = 389;
    private static final int LDAPS_PORT = 636;
    private static final String LOCAL = "ldapi://";

    /** What carries the protocol. */
    public enum Transport {
        LDAP,
        /** TLS from the first byte. */
        LDAPS,
        /** A Unix-domain socket of this machine. */
        LDAPI
    }

    /**
     * Reads {@code ldap://HOST[:PORT]}, {@code ldaps://HOST[:PORT]} or {@code ldapi://PATH}, where
     * the path may be encoded as in URLs.
     *
     * @throws IllegalArgumentException if the text is not of that form
     */
    public static ServerAddress parse(String text) {
        if (text.regionMatches(true, 0, LOCAL, 0, LOCAL.length())) {
            return local(text.substring(LOCAL.length()));
        }
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
                ldaps ? Transport.LDAPS : Transport.LDAP);
    }

    private static ServerAddress local(String path) {
        String decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        if (!decoded.startsWith("/") || decoded.length() == 1) {
            throw new IllegalArgumentException("'" + path + "' is no path of a socket");
        }
        return new ServerAddress(
                decoded.endsWith("/") ? decoded.substring(0, decoded.length() - 1) : decoded,
                0,
                Transport.LDAPI);
    }

    /** Whether TLS is spoken from the first byte. */
    public boolean ldaps() {
        return transport == Transport.LDAPS;
    }

    /** Whether the server is reached over a Unix-domain socket. */
    public boolean ldapi() {
        return transport == Transport.LDAPI;
    }

    /** Whether the server is this machine: what is said to it crosses no network. */
    public boolean isLoopback() {
        if (ldapi() || host.equalsIgnoreCase("localhost")) {
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
        if (ldapi()) {
            return LOCAL + host;
        }
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return (ldaps() ? "ldaps://" : "ldap://") + name + ":" + port;
    }
}
