/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import io.passbridge.credential.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Gives tickets for services. Thread-safe. */
@FunctionalInterface
public interface TicketSource {
    /**
     * A ticket of the principal for the first of the services that the key distribution centre
     * knows.
     *
     * @param principal {@code user@REALM}
     * @param services for example {@code ldap/dc1.corp.example@REALM}
     * @param password the principal's password, or empty with a key table; stays the caller's
     * @return owned by the caller
     */
    ServiceTicket obtain(
            String principal,
            List<String> services,
            Optional<Secret> password,
            Optional<Path> keytab)
            throws TicketException;
}
