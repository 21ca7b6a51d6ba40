/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.user;

import io.passbridge.credential.SourceAnchor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Turns the value of an anchor attribute into its usual text form. */
final class AnchorForm {
    private AnchorForm() {}

    /**
     * @param attribute its name; {@code objectGUID} and {@code objectSid} are binary in LDAP and
     *     text in Samba's own files
     * @return empty if the value cannot be an anchor
     */
    static Optional<SourceAnchor> of(String attribute, byte[] value) {
        String text;
        if (attribute.equalsIgnoreCase("objectGUID") && value.length == 16) {
            text = guid(value);
        } else if (attribute.equalsIgnoreCase("objectSid") && value.length >= 8 && value[0] == 1) {
            text = sid(value);
        } else {
            text = text(value).orElseGet(() -> HexFormat.of().formatHex(value));
        }
        if (text.isBlank() || text.length() > SourceAnchor.MAX_LENGTH) {
            return Optional.empty();
        }
        boolean guidText = attribute.equalsIgnoreCase("objectGUID");
        return Optional.of(new SourceAnchor(guidText ? text.toLowerCase(Locale.ROOT) : text));
    }

    /** MS-DTYP 2.3.4.2: the first three parts are little-endian. */
    private static String guid(byte[] value) {
        ByteBuffer little = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        long high =
                (little.getInt(0) & 0xFFFFFFFFL) << 32
                        | (little.getShort(4) & 0xFFFFL) << 16
                        | little.getShort(6) & 0xFFFFL;
        return new UUID(high, ByteBuffer.wrap(value).getLong(8)).toString();
    }

    /** MS-DTYP 2.4.2.2. */
    private static String sid(byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        StringBuilder text = new StringBuilder("S-1-").append(value[7] & 0xFF);
        for (int at = 8; at + 4 <= value.length; at += 4) {
            text.append('-').append(bytes.getInt(at) & 0xFFFFFFFFL);
        }
        return text.toString();
    }

    private static Optional<String> text(byte[] value) {
        if (isPlain(value)) {
            return Optional.of(new String(value, StandardCharsets.ISO_8859_1));
        }
        try {
            CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
            String text = decoded.toString().strip();
            return text.chars().anyMatch(Character::isISOControl)
                    ? Optional.empty()
                    : Optional.of(text);
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }

    /** Almost every anchor is; the decoder that finds binary values costs ten times as much. */
    private static boolean isPlain(byte[] value) {
        for (byte b : value) {
            if (b <= ' ' || b > '~') {
                return false;
            }
        }
        return true;
    }
}
