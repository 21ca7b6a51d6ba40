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
 * {@code /?}; letters in either case, a hyphen for the slash, values with or without a space. The
 * script takes a password off the command line before it comes here.
 *
 * @param action what is asked for; help whenever it is among what is asked for
 * @param file of the export
 * @param user named with /u:
 * @param batch values in one transaction
 * @param quiet print nothing
 */
record KmuSwitches(
        Action action, Optional<String> file, Optional<String> user, int batch, boolean quiet) {
    /** What miiskmu does. */
    enum Action {
        /** Nothing was asked for. */
        MENU,
        HELP,
        EXPORT,
        BATCHES,
        ABANDON
    }

    private static final int MOST = 1_000_000;

    static KmuSwitches parse(List<String> words) throws Misuse {
        if (words.stream().anyMatch(word -> word.equals("/?") || word.equals("-?"))) {
            return new KmuSwitches(
                    Action.HELP, Optional.empty(), Optional.empty(), 0, words.contains("/q"));
        }
        Deque<String> left = new ArrayDeque<>(words);
        Action action = Action.MENU;
        Optional<String> file = Optional.empty();
        Optional<String> user = Optional.empty();
        int batch = 0;
        boolean quiet = false;
        while (!left.isEmpty()) {
            String word = left.removeFirst();
            switch (key(word)) {
                case "e" -> {
                    action = only(action, Action.EXPORT);
                    file = Optional.of(value(word, left));
                }
                case "b" -> {
                    action = only(action, Action.BATCHES);
                    batch = size(value(word, left));
                }
                case "a" -> action = only(action, Action.ABANDON);
                case "q" -> quiet = true;
                case "u" -> user = Optional.of(value(word, left));
                case "*" -> {
                    // asked for without echo, as without it
                }
                default -> throw notUnderstood(word);
            }
        }
        if (action == Action.MENU && (quiet || user.isPresent())) {
            throw new Misuse("what is to be done is missing: one of /e, /b and /a");
        }
        return new KmuSwitches(action, file, user, batch, quiet);
    }

    /** The letter of a switch, {@code *}, or an empty text. */
    private static String key(String word) {
        if (word.equals("*")) {
            return word;
        }
        boolean isSwitch = word.length() > 1 && (word.charAt(0) == '/' || word.charAt(0) == '-');
        String letter = isSwitch ? word.substring(1, 2).toLowerCase(Locale.ROOT) : "";
        boolean alone = letter.equals("a") || letter.equals("q");
        return alone && word.length() > 2 ? "" : letter;
    }

    /** Words that are no switches may be passwords and are not repeated. */
    private static Misuse notUnderstood(String word) {
        boolean harmless = word.length() == 2 && (word.charAt(0) == '/' || word.charAt(0) == '-');
        return new Misuse((harmless ? "'" + word + "'" : "a word") + " is not understood");
    }

    private static Action only(Action before, Action now) throws Misuse {
        if (before != Action.MENU) {
            throw new Misuse("only one of /e, /b and /a can be given, and once");
        }
        return now;
    }

    /** {@code /eFILE}, {@code /e:FILE} or {@code /e FILE}. */
    private static String value(String word, Deque<String> left) throws Misuse {
        String joined =
                word.length() > 2 && word.charAt(2) == ':' ? word.substring(3) : word.substring(2);
        if (!joined.isEmpty()) {
            return joined;
        }
        if (word.length() > 2 || left.isEmpty() || left.peekFirst().equals("*")) {
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
}
