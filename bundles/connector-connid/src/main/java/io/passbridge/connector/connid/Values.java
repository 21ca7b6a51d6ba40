/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.identityconnectors.common.security.GuardedString;
import org.identityconnectors.framework.common.objects.Attribute;
import org.identityconnectors.framework.common.objects.ConnectorObject;

/** The values of an account's attributes, whatever type a connector gives them. */
final class Values {
    private Values() {}

    /** The first value as text. */
    static Optional<String> text(ConnectorObject entry, String attribute) {
        return all(entry, attribute).stream()
                .map(Values::text)
                .filter(text -> !text.isBlank())
                .findFirst();
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.UTF_8)
                : value.toString();
    }

    /** Every value as text. */
    static List<String> texts(ConnectorObject entry, String attribute) {
        return all(entry, attribute).stream().map(Values::text).filter(t -> !t.isEmpty()).toList();
    }

    /** The first value as bytes, which the caller wipes. */
    static Optional<byte[]> bytes(ConnectorObject entry, String attribute) {
        return all(entry, attribute).stream()
                .map(Values::bytes)
                .filter(b -> b.length > 0)
                .findFirst();
    }

    private static byte[] bytes(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.clone();
        }
        if (value instanceof GuardedString guarded) {
            byte[][] copy = new byte[1][];
            guarded.access(
                    clear -> {
                        var encoded =
                                StandardCharsets.UTF_8.encode(java.nio.CharBuffer.wrap(clear));
                        copy[0] = new byte[encoded.remaining()];
                        encoded.get(copy[0]);
                        Arrays.fill(encoded.array(), (byte) 0);
                    });
            return copy[0];
        }
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }

    static List<Object> all(ConnectorObject entry, String attribute) {
        Attribute found = entry.getAttributeByName(attribute);
        return found == null || found.getValue() == null
                ? List.of()
                : found.getValue().stream().filter(value -> value != null).toList();
    }
}
