/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A command line after parsing against the usage of its command.
 *
 * @param options by name; the value of a flag is empty
 * @param positional in order
 */
record Arguments(Map<String, String> options, List<String> positional) {

    /**
     * Parses {@code --name VALUE}, {@code --name=VALUE}, flags and positional arguments in any
     * order; after {@code --} everything is positional.
     *
     * @throws Misuse what is wrong, without the usage text
     */
    static Arguments parse(Usage usage, List<String> words) throws Misuse {
        Map<String, String> options = new LinkedHashMap<>();
        List<String> positional = new ArrayList<>();
        boolean literal = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (literal || !word.startsWith("--")) {
                positional.add(word);
            } else if (word.equals("--")) {
                literal = true;
            } else {
                int equals = word.indexOf('=');
                String name = equals < 0 ? word : word.substring(0, equals);
                Option option =
                        usage.find(name)
                                .orElseThrow(
                                        () -> new Misuse(usage.name() + " has no option " + name));
                if (option.flag() && equals >= 0) {
                    throw new Misuse("option " + name + " takes no value");
                }
                String value = "";
                if (equals >= 0) {
                    value = word.substring(equals + 1);
                } else if (!option.flag()) {
                    if (++i == words.size()) {
                        throw new Misuse("option " + name + " needs a value: " + option.form());
                    }
                    value = words.get(i);
                }
                if (options.put(name, value) != null) {
                    throw new Misuse("option " + name + " is given twice");
                }
            }
        }
        checkCount(usage, positional);
        return new Arguments(Map.copyOf(options), List.copyOf(positional));
    }

    private static void checkCount(Usage usage, List<String> positional) throws Misuse {
        List<Argument> expected = usage.arguments();
        for (int i = positional.size(); i < expected.size(); i++) {
            if (expected.get(i).mandatory()) {
                throw new Misuse(expected.get(i).name() + " is missing");
            }
        }
        boolean open = !expected.isEmpty() && expected.get(expected.size() - 1).repeated();
        if (!open && positional.size() > expected.size()) {
            throw new Misuse(
                    "'"
                            + positional.get(expected.size())
                            + "' is one argument too many for "
                            + usage.name());
        }
    }
}
