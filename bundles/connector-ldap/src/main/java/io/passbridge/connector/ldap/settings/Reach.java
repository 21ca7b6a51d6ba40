/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the servers are reached.
 *
 * @param servers in order of preference, at least one
 * @param startTls when {@code ldap://} is sealed
 * @param authorities certificates to trust instead of those of the Java runtime
 * @param keytab a key table in place of the password with {@link Authentication#KERBEROS}
 * @param principal the name that goes with the key table
 * @param clientCertificate what the connector shows of itself with {@link Authentication#EXTERNAL}
 * @param connectLimit for making a connection
 * @param answerLimit for the next part of an answer
 */
public record Reach(
        List<ServerAddress> servers,
        StartTls startTls,
        Optional<Path> authorities,
        Authentication authentication,
        Optional<Path> keytab,
        String principal,
        Optional<Path> clientCertificate,
        boolean followReferrals,
        Duration connectLimit,
        Duration answerLimit) {
    public Reach {
        servers = List.copyOf(servers);
    }

    /** When a connection to {@code ldap://} is sealed by StartTLS. */
    public enum StartTls {
        /** Always but to this machine itself. */
        AUTO,
        ALWAYS,
        /** Not at all: the password and every hash cross the network in the clear. */
        NEVER
    }

    /** How the connector proves who it is. */
    public enum Authentication {
        /** The account's name and password. */
        SIMPLE,
        /**
         * SASL EXTERNAL: a certificate of its own, whose key is the account's secret; over a
         * Unix-domain socket, the account of the operating system.
         */
        EXTERNAL,
        /** SASL GSSAPI, with a password or a key table. */
        KERBEROS
    }

    /** Whether the account's secret is needed for a server. */
    public boolean needsSecret(ServerAddress server) {
        return switch (authentication) {
            case SIMPLE -> true;
            case EXTERNAL -> !server.ldapi();
            case KERBEROS -> keytab.isEmpty();
        };
    }

    /** Whether the account's secret is needed for any of the servers. */
    public boolean needsSecret() {
        return servers.stream().anyMatch(this::needsSecret);
    }

    /** Whether a connection to the server is sealed. */
    public boolean seals(ServerAddress server) {
        return server.ldaps() || startsTls(server);
    }

    /** Whether a connection to the server is sealed by StartTLS. */
    public boolean startsTls(ServerAddress server) {
        return !server.ldaps()
                && !server.ldapi()
                && (startTls == StartTls.ALWAYS
                        || startTls == StartTls.AUTO && !server.isLoopback());
    }
}
