/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.drsr;

import io.passbridge.connector.ad.legacy.LegacyPrimitives;
import io.passbridge.connector.ad.ndr.NdrException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The container of stored credentials, USER_PROPERTIES (MS-SAMR 2.2.10.1): names, each with a value
 * in hexadecimal text. Every byte is accounted for, whichever property is wanted.
 */
final class UserProperties {
    private static final int HEAD = 12;
    private static final int PREFIX = 96;
    private static final int SIGNATURE = 0x50;
    private static final int LAST = 1;

    private UserProperties() {}

    /**
     * The value of a property.
     *
     * @param properties stays the caller's to wipe
     * @return the caller's to wipe; empty if the property is not there
     */
    static Optional<byte[]> find(byte[] properties, String name) throws NdrException {
        byte[] found = null;
        try {
            ByteBuffer in = ByteBuffer.wrap(properties).order(ByteOrder.LITTLE_ENDIAN);
            in.getInt();
            int length = in.getInt();
            in.getInt();
            // Windows counts the last byte or leaves it out
            if (in.remaining() - length != 0 && in.remaining() - length != LAST) {
                throw new NdrException(
                        "stored credentials say %d bytes and have %d"
                                .formatted(length, properties.length - HEAD));
            }
            if (length == 0) {
                return Optional.empty(); // of a user whose password is random: smart card only
            }
            in.position(HEAD + PREFIX);
            int signature = in.getShort();
            int count = in.remaining() <= LAST ? 0 : in.getShort() & 0xffff;
            if (signature != SIGNATURE) {
                throw new NdrException("stored credentials with signature " + signature);
            }
            for (int i = 0; i < count; i++) {
                byte[] value = wanted(in, name);
                if (value != null) {
                    if (found != null) {
                        LegacyPrimitives.wipe(value);
                        throw new NdrException("stored credentials have a property twice");
                    }
                    found = value;
                }
            }
            if (in.remaining() > LAST) {
                throw new NdrException(in.remaining() + " bytes behind the last stored credential");
            }
            byte[] result = found;
            found = null;
            return Optional.ofNullable(result);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new NdrException(
                    "stored credentials end too early, at " + properties.length + " bytes");
        } finally {
            if (found != null) {
                LegacyPrimitives.wipe(found);
            }
        }
    }

    /** The value of the next property if it is the wanted one, or null. */
    private static byte[] wanted(ByteBuffer in, String name) throws NdrException {
        int nameLength = in.getShort() & 0xffff;
        int valueLength = in.getShort() & 0xffff;
        in.getShort();
        if (nameLength + valueLength > in.remaining()) {
            throw new NdrException(
                    "a stored credential of %d bytes in %d"
                            .formatted(nameLength + valueLength, in.remaining()));
        }
        byte[] utf16 = new byte[nameLength];
        in.get(utf16);
        int from = in.position();
        in.position(from + valueLength);
        return name.equals(new String(utf16, StandardCharsets.UTF_16LE))
                ? decoded(in, from, valueLength)
                : null;
    }

    private static byte[] decoded(ByteBuffer in, int from, int length) throws NdrException {
        byte[] value = new byte[length / 2];
        int bad = length % 2;
        for (int i = 0; i < value.length; i++) {
            int high = Character.digit(in.get(from + 2 * i), 16);
            int low = Character.digit(in.get(from + 2 * i + 1), 16);
            bad |= (high | low) < 0 ? 1 : 0;
            value[i] = (byte) (high << 4 | low);
        }
        if (bad != 0) {
            LegacyPrimitives.wipe(value);
            throw new NdrException("a stored credential is not hexadecimal");
        }
        return value;
    }
}
