/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.completion;

import io.passbridge.shell.kit.Argument;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Option;
import io.passbridge.shell.kit.Usage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What may stand where somebody types: commands, and from a command's usage its options and
 * arguments.
 *
 * @param commands the commands that there are
 */
record Offers(Collection<Command> commands) {
    private static final Comparator<Offer> BY_WORD = Comparator.comparing(Offer::word);

    /**
     * One word that may stand there.
     *
     * @param word the whole word
     * @param description what it means, in a few words
     */
    record Offer(String word, String description) {}

    /**
     * The words that may stand at a place.
     *
     * @param words the line up to the place; the last one is what is typed of the word there, and
     *     may be empty
     */
    List<Offer> at(List<String> words) {
        int index = words.size() - 1;
        String typed = words.get(index);
        if (index == 0) {
            return matching(
                    typed,
                    commands.stream()
                            .map(Command::usage)
                            .map(usage -> new Offer(usage.name(), usage.summary())));
        }
        return commands.stream()
                .map(Command::usage)
                .filter(usage -> usage.name().equals(words.get(0)))
                .findAny()
                .map(usage -> matching(typed, word(usage, words, index).stream()))
                .orElse(List.of());
    }

    private static List<Offer> matching(String typed, Stream<Offer> offers) {
        return offers.filter(offer -> offer.word().startsWith(typed)).sorted(BY_WORD).toList();
    }

    private static List<Offer> word(Usage usage, List<String> words, int index) {
        Optional<Option> before = option(usage, words.get(index - 1));
        if (before.isPresent() && !before.get().flag()) {
            return offers(before.get().candidates(), before.get().description());
        }
        List<Offer> found = new ArrayList<>();
        if (!words.get(index).startsWith("-")) {
            argument(usage, words.subList(1, index))
                    .ifPresent(a -> found.addAll(offers(a.candidates(), a.description())));
        }
        if (found.isEmpty()) {
            usage.options().stream()
                    .filter(option -> !words.subList(1, index).contains(option.name()))
                    .forEach(option -> found.add(new Offer(option.name(), option.description())));
        }
        return found;
    }

    /** The argument that comes after the given words. */
    private static Optional<Argument> argument(Usage usage, List<String> words) {
        int position = 0;
        for (int i = 0; i < words.size(); i++) {
            Optional<Option> option = option(usage, words.get(i));
            if (option.isEmpty()) {
                position++;
            } else if (!option.get().flag()) {
                i++;
            }
        }
        List<Argument> arguments = usage.arguments();
        if (position < arguments.size()) {
            return Optional.of(arguments.get(position));
        }
        boolean again =
                !arguments.isEmpty()
                        && arguments.get(arguments.size() - 1).count().ordinal()
                                >= Argument.Count.MANY.ordinal();
        return again ? Optional.of(arguments.get(arguments.size() - 1)) : Optional.empty();
    }

    private static Optional<Option> option(Usage usage, String word) {
        return usage.options().stream().filter(o -> o.name().equals(word)).findFirst();
    }

    private static List<Offer> offers(
            Supplier<? extends Collection<String>> values, String description) {
        try {
            return values.get().stream().map(value -> new Offer(value, description)).toList();
        } catch (RuntimeException e) {
            // a service that is going away must not break the line that is being typed
            return List.of();
        }
    }
}
