/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.signin;

import java.nio.CharBuffer;
import java.util.Arrays;

/**
 * A reader of one JSON object (RFC 8259) whose values are all texts. It hands texts out as arrays,
 * which can be wiped, and keeps none. Anything else is refused without being quoted.
 */
final class FlatJson {
    private final CharBuffer chars;
    private String name = "";
    private boolean begun;

    FlatJson(CharBuffer chars) {
        this.chars = chars;
    }

    /** Goes to the next member; false at the end, which must be the end of the input too. */
    boolean next() {
        if (!begun) {
            expect('{');
            begun = true;
            if (peek() == '}') {
                return end();
            }
        } else if (peek() == ',') {
            chars.get();
        } else {
            return end();
        }
        name = new String(string());
        expect(':');
        return true;
    }

    private boolean end() {
        expect('}');
        if (peek() != 0) {
            throw malformed();
        }
        return false;
    }

    String name() {
        return name;
    }

    /**
     * The present member's value, the caller's to wipe.
     *
     * @param before the value that the same name had before, or null; twice is refused
     */
    char[] text(char[] before) {
        if (before != null) {
            throw new IllegalArgumentException("a name is there twice");
        }
        return string();
    }

    private char[] string() {
        expect('"');
        char[] text = new char[chars.remaining()];
        int length = 0;
        try {
            while (true) {
                char c = take();
                if (c == '"') {
                    return Arrays.copyOf(text, length);
                }
                if (c < ' ') {
                    throw malformed();
                }
                text[length++] = c == '\\' ? escaped() : c;
            }
        } finally {
            Arrays.fill(text, '\0');
        }
    }

    private char escaped() {
        char c = take();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int value = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = Character.digit(take(), 16);
                    if (digit < 0) {
                        throw malformed();
                    }
                    value = value << 4 | digit;
                }
                yield (char) value;
            }
            default -> throw malformed();
        };
    }

    /** The next character that is not white space, left where it is, or zero at the end. */
    private char peek() {
        while (chars.hasRemaining()) {
            char c = chars.get(chars.position());
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                return c;
            }
            chars.get();
        }
        return 0;
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw malformed();
        }
        chars.get();
    }

    private char take() {
        if (!chars.hasRemaining()) {
            throw malformed();
        }
        return chars.get();
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("the body is not a JSON object of texts");
    }
}
