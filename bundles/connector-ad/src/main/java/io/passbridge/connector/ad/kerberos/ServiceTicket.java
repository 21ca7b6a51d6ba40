/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import java.util.List;

/**
 * A ticket for one service and the key that goes with it. Closing it wipes the key.
 *
 * @param encoded the Ticket in DER
 * @param clientName components of the client principal
 */
public record ServiceTicket(
        byte[] encoded,
        int keyType,
        byte[] sessionKey,
        String clientRealm,
        int clientNameType,
        List<String> clientName)
        implements AutoCloseable {
    public ServiceTicket {
        clientName = List.copyOf(clientName);
    }

    @Override
    public void close() {
        java.util.Arrays.fill(sessionKey, (byte) 0);
    }

    @Override
    public String toString() {
        return "ServiceTicket[" + String.join("/", clientName) + "@" + clientRealm + "]";
    }
}
