/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.keys;

import io.passbridge.shell.kit.Misuse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The switches of miiskmu: {@code /e FILE /u:USER {PASSWORD|*} /q}, {@code /b SIZE}, {@code /a},
 * {@code /?}; letters in either case, values with or without a space. The script takes a password
 * off the command line before it comes here.
 *
 * @param action what is asked for
 * @param file of the export
 * @param user named with /u:
 * @param batch values in one transaction
 * @param quiet print nothing
 */
record KmuSwitches(
        Action action, Optional<String> file, Optional<String> user, int batch, boolean quiet) {
    /** What miiskmu does. */
    enum Action {
        HELP,
        EXPORT,
        BATCHES,
        ABANDON
    }

    private static final int MOST = 1_000_000;

    static KmuSwitches parse(List<String> words) throws Misuse {
        Deque<String> left = new ArrayDeque<>(words);
        Action action = null;
        Optional<String> file = Optional.empty();
        Optional<String> user = Optional.empty();
        int batch = 0;
        boolean quiet = false;
        while (!left.isEmpty()) {
            String word = left.removeFirst();
            String key = word.length() < 2 ? word : word.substring(0, 2).toLowerCase(Locale.ROOT);
            switch (key) {
                case "/e" -> {
                    action = only(action, Action.EXPORT);
                    file = Optional.of(value(word, left));
                }
                case "/b" -> {
                    action = only(action, Action.BATCHES);
                    batch = size(value(word, left));
                }
                case "/a" -> action = only(action, Action.ABANDON);
                case "/?" -> action = Action.HELP;
                case "/q" -> quiet = true;
                case "/u" -> user = Optional.of(user(word));
                case "*" -> {
                    // asked for without echo, as without it
                }
                default ->
                        throw new Misuse(
                                "'"
                                        + (word.startsWith("/") ? word : "a word")
                                        + "' is not understood; miiskmu '/?' shows the switches");
            }
        }
        return new KmuSwitches(action == null ? Action.HELP : action, file, user, batch, quiet);
    }

    private static Action only(Action before, Action now) throws Misuse {
        if (before != null && before != Action.HELP) {
            throw new Misuse("only one of /e, /b and /a can be given");
        }
        return now;
    }

    private static String value(String word, Deque<String> left) throws Misuse {
        if (word.length() > 2) {
            return word.substring(2);
        }
        if (left.isEmpty()) {
            throw new Misuse(word + " needs a value");
        }
        return left.removeFirst();
    }

    private static int size(String text) throws Misuse {
        try {
            int size = Integer.parseInt(text);
            if (size >= 1 && size <= MOST) {
                return size;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new Misuse("/b cannot be '" + text + "'; it is a number from 1 to " + MOST);
    }

    private static String user(String word) throws Misuse {
        if (word.length() < 4 || word.charAt(2) != ':') {
            throw new Misuse("/u is given as /u:USER");
        }
        return word.substring(3);
    }
}
