/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.exec;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Standard error of a session: what Gogo tells of a command that fails in the middle of a pipe
 * begins with the name of a class, which says nothing to anybody.
 */
final class PipeWords extends FilterOutputStream {
    private static final Pattern CLASS = Pattern.compile("\\Agogo: [A-Za-z0-9$]+: ");

    private PipeWords(OutputStream out) {
        super(out);
    }

    static PrintStream before(OutputStream errors) {
        return new PrintStream(new PipeWords(errors), true, StandardCharsets.UTF_8);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        if (CLASS.matcher(text).find()) {
            out.write(CLASS.matcher(text).replaceFirst("").getBytes(StandardCharsets.UTF_8));
        } else {
            out.write(bytes, from, length);
        }
        out.flush();
    }
}
