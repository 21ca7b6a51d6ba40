/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import io.passbridge.connector.ad.rpc.ProtectionException;
import io.passbridge.connector.ad.rpc.RpcSecurity;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Kerberos with AES as a client of packet privacy, in DCE style (MS-RPCE 2.2.1.1.7,
 * RPC_C_AUTHN_GSS_KERBEROS; MS-KILE 3.4.5). Java's own GSS mechanism cannot do it: it has neither
 * the third leg nor split tokens.
 */
public final class KerberosSecurity implements RpcSecurity {
    private static final int AUTH_TYPE = 16;

    private final ServiceTicket ticket;
    private final ApExchange exchange;
    private final SecureRandom random;
    private Optional<ApExchange.Result> result = Optional.empty();
    private Optional<WrapToken> sending = Optional.empty();
    private Optional<WrapToken> receiving = Optional.empty();

    /**
     * @param ticket for the service; owned and wiped by this object
     */
    public KerberosSecurity(ServiceTicket ticket, SecureRandom random, Clock clock)
            throws KerberosException {
        this.ticket = ticket;
        this.random = random;
        this.exchange = new ApExchange(ticket, random, clock);
    }

    @Override
    public int authType() {
        return AUTH_TYPE;
    }

    @Override
    public String cipher() {
        int type = result.map(r -> r.subkey().type()).orElse(ticket.keyType());
        return "Kerberos, " + (type == AesSha1.AES256 ? "aes256" : "aes128") + "-cts-hmac-sha1-96";
    }

    @Override
    public byte[] firstToken() {
        return exchange.request();
    }

    @Override
    public byte[] secondToken(byte[] fromServer) throws IOException {
        ApExchange.Result agreed = exchange.complete(fromServer);
        result = Optional.of(agreed);
        boolean subkey = agreed.acceptorSubkey();
        sending =
                Optional.of(
                        new WrapToken(
                                WrapToken.Sender.INITIATOR,
                                agreed.subkey(),
                                subkey,
                                agreed.ownSequence()));
        receiving =
                Optional.of(
                        new WrapToken(
                                WrapToken.Sender.ACCEPTOR,
                                agreed.subkey(),
                                subkey,
                                agreed.peerSequence()));
        return agreed.thirdToken();
    }

    @Override
    public boolean thirdLegIsAnswered() {
        return true;
    }

    @Override
    public void established(boolean headerSigning) {
        sending.orElseThrow().useHeaderSigning(headerSigning);
        receiving.orElseThrow().useHeaderSigning(headerSigning);
    }

    @Override
    public int verifierLength() {
        return WrapToken.VERIFIER;
    }

    @Override
    public void seal(byte[] pdu, int stub, int stubLength) {
        sending.orElseThrow().seal(pdu, 0, stub, stubLength, random);
    }

    @Override
    public void unseal(byte[] buffer, int start, int stub, int stubLength, int verifierLength)
            throws ProtectionException {
        receiving.orElseThrow().unseal(buffer, start, stub, stubLength, verifierLength);
    }

    /** The agreed subkey; the key of the ticket as well, for a controller that takes that one. */
    @Override
    public List<byte[]> sessionKeys() {
        List<byte[]> keys = new ArrayList<>();
        result.ifPresent(agreed -> keys.add(agreed.subkey().value().clone()));
        keys.add(exchange.ticketKey());
        return keys;
    }

    @Override
    public void close() {
        ticket.close();
        result.ifPresent(agreed -> Arrays.fill(agreed.subkey().value(), (byte) 0));
    }
}
