/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Answers of a key distribution centre (RFC 4120 sections 5.4.2 and 5.2.7.5). */
final class KdcReply {
    /** KRB_AS_REP; encrypted with the user's key. */
    static final int AS_REP = 11;

    /** KRB_TGS_REP; encrypted with the key of the ticket-granting ticket. */
    static final int TGS_REP = 13;

    private static final int PVNO = 5;
    private static final int ENC_AS_REP_PART = 25;
    private static final int ENC_TGS_REP_PART = 26;
    private static final int USAGE_AS_REP = 3;
    private static final int USAGE_TGS_REP = 8;
    private static final int PA_ETYPE_INFO2 = 19;
    private static final int DEFAULT_ITERATIONS = 4096;

    private final int kind;
    private final byte[] preAuthentication;
    private final String clientRealm;
    private final int clientNameType;
    private final List<String> clientName;
    private final byte[] ticket;
    private final int encryptionType;
    private final byte[] encrypted;

    /**
     * How the user's key is made of the password.
     *
     * @param salt empty for the usual one
     */
    record KeyHint(int type, Optional<byte[]> salt, int iterations) {}

    private KdcReply(int kind, DerReader message) throws KerberosException {
        this.kind = kind;
        if (message.member(0).integer() != PVNO || message.member(1).integer() != kind) {
            throw new KerberosException("the answer is of another kind");
        }
        this.preAuthentication = message.at(2) ? message.member(2).rest() : new byte[0];
        this.clientRealm = message.member(3).text();
        DerReader name = message.member(4).value(Der.SEQUENCE);
        this.clientNameType = (int) name.member(0).integer();
        DerReader parts = name.member(1).value(Der.SEQUENCE);
        List<String> names = new ArrayList<>();
        while (parts.hasMore()) {
            names.add(parts.text());
        }
        this.clientName = names;
        this.ticket = message.member(5).rest();
        DerReader data = message.member(6).value(Der.SEQUENCE);
        this.encryptionType = (int) data.member(0).integer();
        if (data.at(1)) {
            data.member(1);
        }
        this.encrypted = data.member(2).octets();
    }

    static KdcReply read(byte[] message, int kind) throws KerberosException {
        return new KdcReply(kind, new DerReader(message).application(kind).value(Der.SEQUENCE));
    }

    /** What the answer says of the user's key; the kind of its encryption if it says nothing. */
    KeyHint hint() throws KerberosException {
        List<KeyHint> hints = preAuthentication.length == 0 ? List.of() : hints(preAuthentication);
        return hints.stream()
                .filter(hint -> hint.type() == encryptionType)
                .findFirst()
                .orElse(new KeyHint(encryptionType, Optional.empty(), DEFAULT_ITERATIONS));
    }

    /** All hints of a list of pre-authentication data (METHOD-DATA), in its order. */
    static List<KeyHint> hints(byte[] methodData) throws KerberosException {
        List<KeyHint> hints = new ArrayList<>();
        DerReader all = new DerReader(methodData).value(Der.SEQUENCE);
        while (all.hasMore()) {
            DerReader data = all.value(Der.SEQUENCE);
            if (data.member(1).integer() == PA_ETYPE_INFO2) {
                DerReader entries = new DerReader(data.member(2).octets()).value(Der.SEQUENCE);
                while (entries.hasMore()) {
                    hints.add(hint(entries.value(Der.SEQUENCE)));
                }
            }
        }
        return hints;
    }

    private static KeyHint hint(DerReader entry) throws KerberosException {
        int type = (int) entry.member(0).integer();
        Optional<byte[]> salt =
                entry.at(1)
                        ? Optional.of(entry.member(1).value(Der.GENERAL_STRING).rest())
                        : Optional.empty();
        int iterations = DEFAULT_ITERATIONS;
        if (entry.at(2)) {
            byte[] parameters = entry.member(2).octets();
            if (parameters.length == Integer.BYTES) {
                iterations = ByteBuffer.wrap(parameters).getInt();
            }
        }
        return new KeyHint(type, salt, iterations);
    }

    /**
     * The ticket, once the encrypted part is known to be the answer to this request.
     *
     * @param service for which it must be
     */
    ServiceTicket opened(SessionKey key, long nonce, List<String> service)
            throws KerberosException {
        if (encryptionType != key.type()) {
            throw new KerberosException(
                    "an answer in encryption type " + encryptionType + " instead of " + key.type());
        }
        int usage = kind == AS_REP ? USAGE_AS_REP : USAGE_TGS_REP;
        byte[] plain = new AesSha1(key.value(), usage).decrypt(encrypted);
        try {
            return opened(plain, nonce, service);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private ServiceTicket opened(byte[] plain, long nonce, List<String> service)
            throws KerberosException {
        DerReader whole = new DerReader(plain);
        // some centres number both alike
        boolean initial = whole.atApplication(ENC_AS_REP_PART);
        DerReader part =
                whole.application(initial ? ENC_AS_REP_PART : ENC_TGS_REP_PART).value(Der.SEQUENCE);
        DerReader key = part.member(0).value(Der.SEQUENCE);
        int type = (int) key.member(0).integer();
        byte[] value = key.member(1).octets();
        part.member(1);
        if (part.member(2).integer() != nonce) {
            throw new KerberosException("the answer belongs to another request");
        }
        for (int member = 3; member < 10; member++) {
            if (part.at(member)) {
                part.member(member);
            }
        }
        DerReader name = part.member(10).value(Der.SEQUENCE);
        name.member(0);
        DerReader parts = name.member(1).value(Der.SEQUENCE);
        for (String wanted : service) {
            String found = parts.hasMore() ? parts.text() : "";
            if (!found.equalsIgnoreCase(wanted)) {
                throw new KerberosException(
                        "the ticket is for '" + found + "' and not for '" + wanted + "'");
            }
        }
        SessionKey session = SessionKey.checked(type, value);
        return new ServiceTicket(
                ticket, session.type(), session.value(), clientRealm, clientNameType, clientName);
    }
}
