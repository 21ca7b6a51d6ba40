/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Goes through the lines of a record: {@code name: value}, {@code name:: base64}, {@code -}. */
final class LineReader {
    private final RawRecord record;
    private int line = -1;
    private int nameTo;
    private int valueFrom;
    private Form form;

    private enum Form {
        PLAIN,
        BASE64,
        URL
    }

    LineReader(RawRecord record) {
        this.record = record;
    }

    /** Goes to the next line; false behind the last one. */
    boolean next() throws BadRecordException {
        if (line + 1 >= record.count()) {
            return false;
        }
        line++;
        byte[] bytes = record.buffer();
        int from = record.from(line);
        int to = record.to(line);
        if (isDash()) {
            nameTo = from;
            return true;
        }
        int colon = from;
        while (colon < to && bytes[colon] != ':') {
            colon++;
        }
        if (colon == to || colon == from) {
            throw new BadRecordException(number(), "the line has no 'attribute:' at its beginning");
        }
        nameTo = colon;
        int at = colon + 1;
        form = Form.PLAIN;
        if (at < to && bytes[at] == ':') {
            form = Form.BASE64;
            at++;
        } else if (at < to && bytes[at] == '<') {
            form = Form.URL;
            at++;
        }
        while (at < to && bytes[at] == ' ') {
            at++;
        }
        valueFrom = at;
        return true;
    }

    long number() {
        return record.number(line);
    }

    boolean isDash() {
        return record.to(line) == record.from(line) + 1
                && record.buffer()[record.from(line)] == '-';
    }

    boolean isName(byte[] lowerCase) {
        return AttributeNames.isName(lowerCase, record.buffer(), record.from(line), nameTo);
    }

    /** The line's attribute, for messages. */
    String name() {
        int length = Math.min(nameTo - record.from(line), 40);
        return new String(record.buffer(), record.from(line), length, StandardCharsets.ISO_8859_1)
                .replaceAll("[^ -~]", "?");
    }

    /** The attribute's slot. Options but {@code ;binary} make it another attribute. */
    int slot(AttributeNames names) {
        byte[] bytes = record.buffer();
        int from = record.from(line);
        int slot = names.slot(bytes, from, nameTo);
        if (slot == AttributeNames.NONE && nameTo - from > 7 && bytes[nameTo - 7] == ';') {
            boolean binary =
                    AttributeNames.isName(
                            new byte[] {'b', 'i', 'n', 'a', 'r', 'y'}, bytes, nameTo - 6, nameTo);
            return binary ? names.slot(bytes, from, nameTo - 7) : slot;
        }
        return slot;
    }

    /** The value, decoded, in an array of its own. */
    byte[] value() throws BadRecordException {
        return switch (form) {
            case PLAIN -> Arrays.copyOfRange(record.buffer(), valueFrom, record.to(line));
            case BASE64 -> base64();
            case URL ->
                    throw new BadRecordException(
                            number(),
                            "the value of "
                                    + name()
                                    + " is in another file; export it into this one");
        };
    }

    private byte[] base64() throws BadRecordException {
        try {
            return Base64Bytes.decode(record.buffer(), valueFrom, record.to(line));
        } catch (IllegalArgumentException notBase64) {
            throw new BadRecordException(number(), "the value of " + name() + " is not base64");
        }
    }

    String text() throws BadRecordException {
        return new String(value(), StandardCharsets.UTF_8).strip();
    }
}
