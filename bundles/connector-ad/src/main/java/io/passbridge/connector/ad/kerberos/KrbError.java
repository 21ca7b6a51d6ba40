/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import java.util.Arrays;
import java.util.Optional;

/**
 * A KRB-ERROR in place of an answer (RFC 4120 section 5.9.1), bare or in a GSS frame (RFC 4121
 * section 4.1). It proves nothing, for anybody could have sent it.
 *
 * @param data what belongs to the code, such as hints for pre-authentication; empty if there is
 *     none
 */
record KrbError(int code, byte[] data) {
    private static final int GSS_FRAME = 0;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int TOKEN_ID = 2;
    private static final int KRB_ERROR = 30;
    private static final int ERROR_CODE = 6;
    private static final int ERROR_DATA = 12;

    /** The error, if the token is such a message. */
    static Optional<KrbError> of(byte[] token) {
        try {
            DerReader message =
                    new DerReader(unframed(token)).application(KRB_ERROR).value(Der.SEQUENCE);
            pass(message, 0, ERROR_CODE);
            int code = (int) message.member(ERROR_CODE).integer();
            pass(message, ERROR_CODE + 1, ERROR_DATA);
            byte[] data =
                    message.at(ERROR_DATA) ? message.member(ERROR_DATA).octets() : new byte[0];
            return Optional.of(new KrbError(code, data));
        } catch (KerberosException e) {
            return Optional.empty();
        }
    }

    private static void pass(DerReader message, int from, int to) throws KerberosException {
        for (int member = from; member < to; member++) {
            if (message.at(member)) {
                message.member(member);
            }
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

    /** The code and what it means (RFC 4120 section 7.5.9). */
    String words() {
        return "Kerberos error " + code + ": " + meaning();
    }

    private String meaning() {
        return switch (code) {
            case 6 -> "there is no such account";
            case 7 -> "there is no such service; is the host name the controller's full DNS name?";
            case 12 -> "the policy of the domain does not let the account in here or now";
            case 14 -> "no encryption type in common; allow AES for the account";
            case 18 -> "the account is disabled, expired or locked";
            case 23 -> "the account's password has expired";
            case 24 -> "the password or key is wrong";
            case 31, 41 ->
                    "the ticket was made for another key: is the host name right, is the domain in"
                            + " step?";
            case 32, 33 -> "the ticket is not valid now";
            case 34 -> "the request was seen before";
            case 37 -> "the clocks differ by more than 5 minutes";
            case 68 -> "the account belongs to another realm";
            default -> "see RFC 4120, section 7.5.9";
        };
    }
}
