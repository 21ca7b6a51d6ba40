/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import io.passbridge.credential.Secret;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whose ticket is wanted, and for what.
 *
 * @param user name without the realm
 * @param realm in capital letters
 * @param services the first that the key distribution centre knows is taken, such as {@code
 *     ldap/dc1.corp.example}; all of the user's realm
 * @param password the user's, or empty with a key table; stays the caller's
 * @param controller where the domain controller's own key distribution centre is, TCP
 * @param timeout for connecting, and for each answer
 */
public record TicketRequest(
        String user,
        String realm,
        List<String> services,
        Optional<Secret> password,
        Optional<Path> keytab,
        InetSocketAddress controller,
        Duration timeout) {
    /** The port of a key distribution centre (RFC 4120 section 7.2.2). */
    public static final int PORT = 88;

    public TicketRequest {
        services = List.copyOf(services);
    }

    String principal() {
        return user + "@" + realm;
    }
}
