/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.client;

import java.util.List;
import java.util.stream.Collectors;

/** Writes words so that the shell of the platform reads the same words again. */
public final class CommandLine {
    private CommandLine() {}

    public static String quote(List<String> words) {
        return words.stream().map(CommandLine::quote).collect(Collectors.joining(" "));
    }

    private static String quote(String word) {
        if (word.matches("[A-Za-z0-9_./,@+-]+(=[A-Za-z0-9_./,@+-]*)?")) {
            return word;
        }
        return "'" + word.replace("'", "'\"'\"'") + "'";
    }
}
