/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.completion;

import io.passbridge.shell.kit.Argument;
import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Option;
import io.passbridge.shell.kit.Usage;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/**
 * Completes the commands of Passbridge from their usage, and leaves every other line to another
 * completer.
 */
final class CommandCompleter implements Completer {
    private final Collection<Command> commands;
    private final Completer others;

    CommandCompleter(Collection<Command> commands, Completer others) {
        this.commands = commands;
        this.others = others;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        if (line.wordIndex() == 0) {
            commands.stream()
                    .map(Command::usage)
                    .filter(usage -> usage.name().startsWith(line.word()))
                    .forEach(usage -> offer(usage.name(), usage.summary(), candidates));
            if (candidates.isEmpty()) {
                others.complete(reader, line, candidates);
            }
            return;
        }
        String name = line.words().get(0);
        Optional<Usage> usage =
                commands.stream().map(Command::usage).filter(u -> u.name().equals(name)).findAny();
        if (usage.isPresent()) {
            completeWord(usage.get(), line.words(), line.wordIndex(), candidates);
        } else {
            others.complete(reader, line, candidates);
        }
    }

    private static void completeWord(
            Usage usage, List<String> words, int index, List<Candidate> candidates) {
        Optional<Option> before = option(usage, words.get(index - 1));
        if (before.isPresent() && !before.get().flag()) {
            offer(before.get().candidates(), before.get().description(), candidates);
            return;
        }
        if (!words.get(index).startsWith("-")) {
            argument(usage, words.subList(1, index))
                    .ifPresent(a -> offer(a.candidates(), a.description(), candidates));
        }
        if (candidates.isEmpty()) {
            usage.options().stream()
                    .filter(option -> !words.contains(option.name()))
                    .forEach(option -> offer(option.name(), option.description(), candidates));
        }
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

    private static void offer(
            Supplier<? extends Collection<String>> values,
            String description,
            List<Candidate> candidates) {
        Collection<String> offered;
        try {
            offered = values.get();
        } catch (RuntimeException e) {
            // a service that is going away must not break the line that is being typed
            return;
        }
        offered.forEach(value -> offer(value, description, candidates));
    }

    private static void offer(String value, String description, List<Candidate> candidates) {
        candidates.add(new Candidate(value, value, null, description, null, null, true));
    }
}
