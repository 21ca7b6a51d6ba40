/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Writes the few forms of DER (X.690) that an AP exchange needs. */
final class Der {
    static final int BOOLEAN = 0x01;
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int GENERAL_STRING = 0x1b;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;

    private static final int APPLICATION = 0x60;
    private static final int CONTEXT = 0xa0;
    private static final int SHORT_LENGTH = 0x80;
    private static final DateTimeFormatter KERBEROS_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    static byte[] value(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length < SHORT_LENGTH) {
            out.write(length);
        } else {
            byte[] octets = BigInteger.valueOf(length).toByteArray();
            int skip = octets[0] == 0 ? 1 : 0;
            out.write(SHORT_LENGTH | octets.length - skip);
            out.write(octets, skip, octets.length - skip);
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] application(int number, byte[] content) {
        return value(APPLICATION | number, content);
    }

    /** An explicitly tagged member of a sequence. */
    static byte[] member(int number, byte[] content) {
        return value(CONTEXT | number, content);
    }

    static byte[] integer(long number) {
        return value(INTEGER, BigInteger.valueOf(number).toByteArray());
    }

    static byte[] generalString(String text) {
        return value(GENERAL_STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A PrincipalName (RFC 4120 section 5.2.2). */
    static byte[] name(int type, List<String> parts) {
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        parts.forEach(part -> names.writeBytes(generalString(part)));
        return value(
                SEQUENCE,
                member(0, integer(type)),
                member(1, value(SEQUENCE, names.toByteArray())));
    }

    static byte[] time(Instant time) {
        return value(
                GENERALIZED_TIME, KERBEROS_TIME.format(time).getBytes(StandardCharsets.US_ASCII));
    }
}
