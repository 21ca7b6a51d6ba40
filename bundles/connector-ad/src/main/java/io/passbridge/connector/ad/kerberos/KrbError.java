/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * A KRB-ERROR in place of an AP-REP (RFC 4120 section 5.9.1), bare or in a GSS frame (RFC 4121
 * section 4.1).
 */
final class KrbError {
    private static final int GSS_FRAME = 0;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int TOKEN_ID = 2;
    private static final int KRB_ERROR = 30;
    private static final int ERROR_CODE = 6;

    private KrbError() {}

    /**
     * The error code, if the token is such a message; it proves nothing, for anybody could have
     * sent it.
     */
    static OptionalInt code(byte[] token) {
        try {
            DerReader message =
                    new DerReader(unframed(token)).application(KRB_ERROR).value(Der.SEQUENCE);
            for (int member = 0; member < ERROR_CODE; member++) {
                if (message.at(member)) {
                    message.member(member);
                }
            }
            return OptionalInt.of((int) message.member(ERROR_CODE).integer());
        } catch (KerberosException e) {
            return OptionalInt.empty();
        }
    }

    private static byte[] unframed(byte[] token) throws KerberosException {
        if (token.length == 0 || token[0] != (0x60 | GSS_FRAME)) {
            return token;
        }
        DerReader frame = new DerReader(token).application(GSS_FRAME);
        frame.value(OBJECT_IDENTIFIER);
        byte[] inner = frame.rest();
        return Arrays.copyOfRange(inner, Math.min(TOKEN_ID, inner.length), inner.length);
    }

    /** What the codes mean that a service answers with (RFC 4120 section 7.5.9). */
    static String words(int code) {
        return switch (code) {
            case 31, 41 ->
                    "the ticket was made for another key: is the host name right, is the domain in"
                            + " step?";
            case 32, 33 -> "the ticket is not valid now";
            case 34 -> "the request was seen before";
            case 37 -> "the clocks differ by more than 5 minutes";
            default -> "see RFC 4120, section 7.5.9";
        };
    }
}
