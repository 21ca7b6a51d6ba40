/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

/** Gets tickets from a key distribution centre. */
@FunctionalInterface
public interface TicketSource {
    /**
     * @return owned by the caller
     */
    ServiceTicket obtain(TicketRequest request) throws TicketException;
}
