/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes LDIF (RFC 2849) the way slapcat does: base64 where it must, lines folded at 78 bytes. */
final class LdifWriter implements AutoCloseable {
    private static final int WIDTH = 78;

    private final OutputStream out;

    LdifWriter(OutputStream out) {
        this.out = out;
    }

    LdifWriter comment(String text) throws IOException {
        return line("# " + text);
    }

    /** A value in plain form if LDIF allows it, else in base64. */
    LdifWriter value(String attribute, String value) throws IOException {
        return isSafe(value)
                ? line(attribute + ": " + value)
                : value(attribute, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A value in base64. */
    LdifWriter value(String attribute, byte[] value) throws IOException {
        return line(attribute + ":: " + Base64.getEncoder().encodeToString(value));
    }

    /** The dash that ends one modification of a change record. */
    LdifWriter endModification() throws IOException {
        return line("-");
    }

    LdifWriter endRecord() throws IOException {
        out.write('\n');
        return this;
    }

    private LdifWriter line(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        int width = Math.min(WIDTH, bytes.length);
        out.write(bytes, 0, width);
        for (int at = width; at < bytes.length; at += WIDTH - 1) {
            out.write('\n');
            out.write(' ');
            out.write(bytes, at, Math.min(WIDTH - 1, bytes.length - at));
        }
        out.write('\n');
        return this;
    }

    private static boolean isSafe(String value) {
        if (value.isEmpty()) {
            return true;
        }
        char first = value.charAt(0);
        if (first == ' ' || first == ':' || first == '<' || value.endsWith(" ")) {
            return false;
        }
        return value.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
