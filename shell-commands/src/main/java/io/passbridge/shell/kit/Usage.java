/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * How a command is used: its options, arguments and examples. Immutable; each method gives a new
 * usage with one thing more.
 *
 * @param name scope and function as typed: {@code keys:list}
 * @param summary what the command does, as a phrase without a full stop: {@code list the keys}
 * @param details more to know, as sentences; may be empty
 * @param options in the order in which help shows them
 * @param arguments in the order in which they are given
 * @param examples full command lines
 */
public record Usage(
        String name,
        String summary,
        String details,
        List<Option> options,
        List<Argument> arguments,
        List<String> examples) {

    private static final Supplier<List<String>> NO_CANDIDATES = List::of;
    private static final int LEAST_ROOM = 20;

    public Usage {
        options = List.copyOf(options);
        arguments = List.copyOf(arguments);
        examples = List.copyOf(examples);
    }

    /** A command without options or arguments. */
    public static Usage of(String name, String summary) {
        return new Usage(name, summary, "", List.of(), List.of(), List.of());
    }

    /** With more to know, shown by help only. */
    public Usage details(String text) {
        return new Usage(name, summary, text, options, arguments, examples);
    }

    /** With an option that stands alone. */
    public Usage flag(String option, String description) {
        return with(new Option(option, "", description, NO_CANDIDATES));
    }

    /** With an option that has a value. */
    public Usage option(String option, String value, String description) {
        return with(new Option(option, value, description, NO_CANDIDATES));
    }

    /** With an option that has a value, and values to offer. */
    public Usage option(
            String option,
            String value,
            String description,
            Supplier<? extends Collection<String>> candidates) {
        return with(new Option(option, value, description, candidates));
    }

    /** With the option {@code --json}: the result as JSON. */
    public Usage json() {
        return flag("--json", "print the result as JSON");
    }

    /** With the options {@code --json} and {@code --wide} of a command that lists. */
    public Usage lists() {
        return json().flag("--wide", "show every column, however long the lines");
    }

    /** With the options {@code --yes} and {@code --dry-run} of a command that cannot be undone. */
    public Usage dangerous() {
        return flag("--dry-run", "show what would be done and change nothing")
                .flag("--yes", "do not ask");
    }

    /** With an argument that must be given. */
    public Usage argument(String argument, String description) {
        return argument(argument, description, NO_CANDIDATES);
    }

    /** With an argument that must be given, and values to offer. */
    public Usage argument(
            String argument,
            String description,
            Supplier<? extends Collection<String>> candidates) {
        return with(new Argument(argument, description, Argument.Count.ONE, candidates));
    }

    /** With an argument that may be given, and values to offer. */
    public Usage optional(
            String argument,
            String description,
            Supplier<? extends Collection<String>> candidates) {
        return with(new Argument(argument, description, Argument.Count.OPTIONAL, candidates));
    }

    /** With a last argument that may be given any number of times, and values to offer. */
    public Usage any(
            String argument,
            String description,
            Supplier<? extends Collection<String>> candidates) {
        return with(new Argument(argument, description, Argument.Count.ANY, candidates));
    }

    /** With a last argument that is given once or more, and values to offer. */
    public Usage many(
            String argument,
            String description,
            Supplier<? extends Collection<String>> candidates) {
        return with(new Argument(argument, description, Argument.Count.MANY, candidates));
    }

    /** With an example: a full command line. */
    public Usage example(String line) {
        List<String> more = new ArrayList<>(examples);
        more.add(line);
        return new Usage(name, summary, details, options, arguments, more);
    }

    private Usage with(Option option) {
        List<Option> more = new ArrayList<>(options);
        more.add(option);
        return new Usage(name, summary, details, more, arguments, examples);
    }

    private Usage with(Argument argument) {
        if (!arguments.isEmpty() && arguments.get(arguments.size() - 1).repeated()) {
            throw new IllegalArgumentException(name + ": nothing can follow a repeated argument");
        }
        List<Argument> more = new ArrayList<>(arguments);
        more.add(argument);
        return new Usage(name, summary, details, options, more, examples);
    }

    /** The option of that name, if the command has it. */
    Optional<Option> find(String option) {
        return options.stream().filter(known -> known.name().equals(option)).findFirst();
    }

    /** One line: {@code keys:list [--status STATUS] [--json]}. */
    public String line() {
        String given =
                options.stream().map(o -> " [" + o.form() + "]").collect(Collectors.joining());
        String positional =
                arguments.stream().map(a -> " " + a.form()).collect(Collectors.joining());
        return name + given + positional;
    }

    /** Usage line and first example: what follows the message about a wrong command line. */
    String brief() {
        String line = "usage:   " + line();
        String example = examples.isEmpty() ? name : examples.get(0);
        return String.join(
                System.lineSeparator(), line, "example: " + example, "more:    help " + name);
    }

    /**
     * Everything there is to know, as shown by {@code help}.
     *
     * @param screen columns of the screen, or 0 for no limit
     */
    public String help(int screen) {
        StringBuilder text = new StringBuilder();
        text.append(Text.fold(name + " - " + summary, screen)).append("\n\n");
        List<String> usage = new ArrayList<>(List.of("usage: " + name));
        options.forEach(o -> usage.add("[" + o.form() + "]"));
        arguments.forEach(a -> usage.add(a.form()));
        int most = screen == 0 ? Integer.MAX_VALUE : screen;
        text.append(String.join("\n", Text.fold(usage, most, " ".repeat(7))));
        if (!details.isEmpty()) {
            text.append("\n\n").append(Text.fold(details, screen));
        }
        int width =
                Math.max(
                        arguments.stream().mapToInt(a -> a.name().length()).max().orElse(0),
                        options.stream().mapToInt(o -> o.form().length()).max().orElse(0));
        if (width > 0) {
            text.append("\n");
        }
        for (Argument argument : arguments) {
            text.append(row(argument.name(), argument.description(), width, screen));
        }
        for (Option option : options) {
            text.append(row(option.form(), option.description(), width, screen));
        }
        text.append(examples.size() > 1 ? "\n\nexamples:" : "\n\nexample:");
        for (String example : examples.isEmpty() ? List.of(name) : examples) {
            text.append("\n  ").append(example);
        }
        return text.toString().replace("\n", System.lineSeparator());
    }

    private static String row(String left, String right, int width, int screen) {
        int indent = width + 4;
        int room = screen == 0 ? Integer.MAX_VALUE : Math.max(LEAST_ROOM, screen - indent);
        return "\n  "
                + left
                + " ".repeat(width - left.length() + 2)
                + String.join("\n" + " ".repeat(indent), Text.wrap(right, room));
    }
}
