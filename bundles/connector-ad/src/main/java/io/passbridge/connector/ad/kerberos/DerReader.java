/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads DER (X.690) with definite lengths; every length is checked against what is left. */
final class DerReader {
    private static final int CONTEXT = 0xa0;
    private static final int LONG_FORM = 0x80;
    private static final int MAX_LENGTH_OCTETS = 3;
    private static final int MAX_INTEGER = 8;

    private final byte[] bytes;
    private final int end;
    private int position;

    DerReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private DerReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.position = from;
        this.end = to;
    }

    boolean hasMore() {
        return position < end;
    }

    /** The content of the next value, which must have the tag. */
    DerReader value(int tag) throws KerberosException {
        int found = octet();
        if (found != tag) {
            throw new KerberosException(
                    String.format("tag 0x%02x where 0x%02x is due", found, tag));
        }
        int length = length();
        DerReader content = new DerReader(bytes, position, position + length);
        position += length;
        return content;
    }

    DerReader application(int number) throws KerberosException {
        return value(0x60 | number);
    }

    /** The content of a member of a sequence. */
    DerReader member(int number) throws KerberosException {
        return value(CONTEXT | number);
    }

    /** Whether the next value is that member. */
    boolean at(int number) {
        return hasMore() && (bytes[position] & 0xff) == (CONTEXT | number);
    }

    boolean atApplication(int number) {
        return hasMore() && (bytes[position] & 0xff) == (0x60 | number);
    }

    /** A KerberosString. */
    String text() throws KerberosException {
        return new String(value(Der.GENERAL_STRING).rest(), StandardCharsets.UTF_8);
    }

    long integer() throws KerberosException {
        byte[] octets = value(Der.INTEGER).rest();
        if (octets.length == 0 || octets.length > MAX_INTEGER) {
            throw new KerberosException("an integer of " + octets.length + " octets");
        }
        return new BigInteger(octets).longValue();
    }

    byte[] octets() throws KerberosException {
        return value(Der.OCTET_STRING).rest();
    }

    byte[] rest() {
        return Arrays.copyOfRange(bytes, position, end);
    }

    private int length() throws KerberosException {
        int first = octet();
        int length = first;
        if (first >= LONG_FORM) {
            int octets = first - LONG_FORM;
            if (octets == 0 || octets > MAX_LENGTH_OCTETS) {
                throw new KerberosException("a length of " + octets + " octets");
            }
            length = 0;
            for (int i = 0; i < octets; i++) {
                length = length << 8 | octet();
            }
        }
        if (length > end - position) {
            throw new KerberosException(
                    "truncated: " + length + " octets announced, " + (end - position) + " left");
        }
        return length;
    }

    private int octet() throws KerberosException {
        if (position == end) {
            throw new KerberosException("truncated");
        }
        return bytes[position++] & 0xff;
    }
}
