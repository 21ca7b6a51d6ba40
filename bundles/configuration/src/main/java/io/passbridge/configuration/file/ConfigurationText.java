/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.configuration.file;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a configuration file says, in the syntax of {@link Properties} and in UTF-8.
 *
 * @param text without byte-order mark
 */
record ConfigurationText(String text) {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** One line with those that continue it, and its end. */
    private static final Pattern ENTRY =
            Pattern.compile("(?:[^\\\\\\r\\n]|\\\\(?:\\r\\n|[\\s\\S]))*+(?:\\r\\n|\\r|\\n|\\z)");

    private static final Pattern COMMENT = Pattern.compile("[ \\t\\f]*[#!].*+\\R?");

    /**
     * Reads the bytes of a file.
     *
     * @throws IOException if they are not UTF-8 or not of the syntax; says the line
     */
    static ConfigurationText of(byte[] bytes) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        out.flip();
        if (result.isError()) {
            long line = 1 + out.chars().filter(c -> c == '\n').count();
            throw new IOException("line %d is not UTF-8; save it as UTF-8".formatted(line));
        }
        String text = out.toString();
        boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
        ConfigurationText read = new ConfigurationText(marked ? text.substring(1) : text);
        read.values();
        return read;
    }

    /** Parameters and their values, without blanks around them. */
    Map<String, String> values() throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "a \\u is not followed by four hexadecimal digits; write \\\\ for a backslash",
                    e);
        }
        Map<String, String> values = new HashMap<>();
        properties.forEach((name, value) -> values.put((String) name, ((String) value).strip()));
        return values;
    }

    /** The same text with another value of one parameter; the last entry counts, as in reading. */
    ConfigurationText with(String parameter, String value) {
        String entry = parameter + " = " + value.replace("\\", "\\\\");
        Pattern named = Pattern.compile("[ \\t\\f]*" + Pattern.quote(parameter) + "(?![^\\s=:])");
        int start = -1;
        int end = -1;
        int at = 0;
        Matcher entries = ENTRY.matcher(text);
        while (at < text.length()) {
            at = skipComments(at);
            if (!entries.find(at)) {
                break;
            }
            if (named.matcher(entries.group()).lookingAt()) {
                start = at;
                end = entries.end();
            }
            at = entries.end();
        }
        String newLine = text.contains("\r\n") ? "\r\n" : "\n";
        if (start < 0) {
            boolean open = !text.isEmpty() && !text.endsWith("\n");
            return new ConfigurationText(text + (open ? newLine : "") + entry + newLine);
        }
        return new ConfigurationText(
                text.substring(0, start) + entry + newLine + text.substring(end));
    }

    /** Comments are never continued, whatever their last character. */
    private int skipComments(int from) {
        int at = from;
        Matcher comment = COMMENT.matcher(text);
        while (at < text.length() && comment.region(at, text.length()).lookingAt()) {
            at = comment.end();
        }
        return at;
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
