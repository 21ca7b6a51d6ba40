/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

/** As where no key distribution centre answers. */
public final class NoTickets implements TicketSource {
    @Override
    public ServiceTicket obtain(TicketRequest request) throws TicketException {
        throw new TicketException("no key distribution centre answers", -1);
    }
}
