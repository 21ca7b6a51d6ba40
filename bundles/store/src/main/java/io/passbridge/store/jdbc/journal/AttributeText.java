/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.journal;

import java.util.LinkedHashMap;
import java.util.Map;

/** Attributes of a record as one text: a line {@code key=value} each, in order, with escapes. */
final class AttributeText {
    private AttributeText() {}

    static String encode(Map<String, String> attributes) {
        StringBuilder text = new StringBuilder();
        attributes.forEach(
                (key, value) -> {
                    escape(key, text);
                    text.append('=');
                    escape(value, text);
                    text.append('\n');
                });
        return text.toString();
    }

    static Map<String, String> decode(String text) {
        Map<String, String> attributes = new LinkedHashMap<>();
        StringBuilder part = new StringBuilder();
        String key = "";
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                char escaped = text.charAt(++i);
                part.append(escaped == 'n' ? '\n' : escaped);
            } else if (c == '=') {
                key = part.toString();
                part.setLength(0);
            } else if (c == '\n') {
                attributes.put(key, part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        return attributes;
    }

    private static void escape(String text, StringBuilder into) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> into.append("\\n");
                case '\\', '=' -> into.append('\\').append(c);
                default -> into.append(c);
            }
        }
    }
}
