/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.kit;

import io.passbridge.credential.Secret;
import io.passbridge.keys.KeySetAccess;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** One run of a command: what it was given, and the ways in which it answers and asks. */
public final class Invocation {
    private final Arguments arguments;
    private final Dialogue dialogue;
    private final Path folder;

    Invocation(Arguments arguments, Dialogue dialogue, Path folder) {
        this.arguments = arguments;
        this.dialogue = dialogue;
        this.folder = folder;
    }

    /** Whether the option is given. */
    public boolean has(String option) {
        return arguments.options().containsKey(option);
    }

    /** Value of an option. */
    public Optional<String> option(String option) {
        return Optional.ofNullable(arguments.options().get(option));
    }

    /** Value of an option that is one of the constants of an enumeration, in lower case. */
    public <E extends Enum<E>> Optional<E> choice(String option, Class<E> type) throws Misuse {
        String value = arguments.options().get(option);
        if (value == null) {
            return Optional.empty();
        }
        for (E constant : type.getEnumConstants()) {
            if (Json.name(constant).equals(value.toLowerCase(Locale.ROOT))) {
                return Optional.of(constant);
            }
        }
        String known =
                Arrays.stream(type.getEnumConstants())
                        .map(Json::name)
                        .collect(Collectors.joining(", "));
        throw new Misuse(option + " cannot be '" + value + "'; it is one of: " + known);
    }

    /** Value of an option that is a whole number within limits, or a default. */
    public long number(String option, long otherwise, long least, long most) throws Misuse {
        String value = arguments.options().get(option);
        if (value == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, like a number outside the limits
        }
        throw new Misuse(
                option
                        + " cannot be '"
                        + value
                        + "'; it is a number from "
                        + least
                        + (most == Long.MAX_VALUE ? " on" : " to " + most));
    }

    /** Value of an option that is a length of time: {@code 90s}, {@code 15m}, {@code 2h}. */
    public Optional<Duration> duration(String option) throws Misuse {
        Optional<String> value = option(option);
        return value.isEmpty() ? Optional.empty() : Optional.of(Times.length(option, value.get()));
    }

    /** Value of an option that is a moment: ISO 8601, or a length of time before now. */
    public Optional<Instant> moment(String option) throws Misuse {
        Optional<String> value = option(option);
        return value.isEmpty()
                ? Optional.empty()
                : Optional.of(Times.moment(option, value.get(), Instant.now()));
    }

    /** Value of an option that is a path, made absolute where the command was typed. */
    public Optional<Path> path(String option) {
        return option(option).map(folder::resolve).map(Path::normalize);
    }

    /** A path given as argument, made absolute where the command was typed. */
    public Path resolve(String path) {
        return folder.resolve(path).normalize();
    }

    /** The positional arguments. */
    public List<String> arguments() {
        return arguments.positional();
    }

    /** A mandatory positional argument. */
    public String argument(int index) {
        return arguments.positional().get(index);
    }

    /** An optional positional argument. */
    public Optional<String> optional(int index) {
        return index < arguments.positional().size()
                ? Optional.of(argument(index))
                : Optional.empty();
    }

    /** Whether the result is wanted as JSON. */
    public boolean json() {
        return has("--json");
    }

    /** A record as {@code --json} prints it, on one line. */
    public static String json(Record record) {
        return Json.of(record);
    }

    /** Whether nothing must be changed. */
    public boolean dryRun() {
        return has("--dry-run");
    }

    /** Prints a list: as a table, or as an array of the records. */
    public <R> void print(List<? extends R> rows, Table<R> table) {
        dialogue.out()
                .println(
                        json()
                                ? Json.lines(rows)
                                : table.render(rows, has("--wide") ? 0 : dialogue.width()));
        dialogue.out().flush();
    }

    /** Prints one thing: as a sheet of lines, or as its record. */
    public <R> void print(R record, Sheet<R> sheet) {
        dialogue.out().println(json() ? Json.of(record) : sheet.render(record, dialogue.width()));
        dialogue.out().flush();
    }

    /** Prints an outcome: a sentence, or a record. */
    public void print(Object record, String sentence) {
        dialogue.out().println(json() ? Json.of(record) : shown(sentence));
        dialogue.out().flush();
    }

    /** Prints a line of the result at once, as it is. */
    public void line(String text) {
        dialogue.out().println(text);
        dialogue.out().flush();
    }

    /** Says something besides the result; with {@code --json} it does not disturb the output. */
    public void remark(String sentence) {
        (json() ? dialogue.err() : dialogue.out()).println(shown(sentence));
    }

    /** Shows how far the work is; to be closed. */
    public Progress progress(String title) {
        return new Progress(title, dialogue.err(), json() ? 0 : dialogue.width(), System::nanoTime);
    }

    /**
     * Goes on only if the person confirms by typing a word, or gave {@code --yes}.
     *
     * @param what what will happen, as a sentence
     * @param word what has to be typed: the name of the thing at stake
     * @throws Refused if it is not confirmed or nobody can be asked
     */
    public void confirm(String what, String word) throws Refused {
        confirm(what, word, "add --yes if this is meant");
    }

    /**
     * As {@link #confirm(String, String)}, for commands whose {@code --yes} is not all that is
     * needed.
     *
     * @param otherwise how it is done where nobody can be asked
     */
    public void confirm(String what, String word, String otherwise) throws Refused {
        if (has("--yes")) {
            return;
        }
        if (!dialogue.canAsk()) {
            throw new Refused(what + " Nobody can be asked here: " + otherwise + ".");
        }
        remark(what);
        String typed = dialogue.ask("Type " + word + " to go on: ").strip();
        if (!typed.equals(word)) {
            throw new Refused("'" + typed + "' is not '" + word + "'; nothing was changed");
        }
    }

    /**
     * A text that is no secret: from the option, else asked for, else the default.
     *
     * @param otherwise what an empty answer stands for, and what is taken if nobody can be asked
     */
    public String text(String prompt, String option, String otherwise) throws Refused {
        if (has(option) || !dialogue.canAsk()) {
            return option(option).orElse(otherwise);
        }
        String typed = dialogue.ask(prompt).strip();
        return typed.isEmpty() ? otherwise : typed;
    }

    /**
     * A secret that exists already: from the file that the option names ({@code -} is standard
     * input), else asked without echo.
     *
     * @param option for example {@code --password-file}
     */
    public Secret secret(String prompt, String option) throws Refused {
        if (has(option)) {
            return SecretFile.read(option(option).orElseThrow(), folder, dialogue.in());
        }
        Secret typed = dialogue.askSecret(prompt);
        if (typed.length() == 0) {
            typed.close();
            throw new Refused(
                    "nothing was typed, and an empty secret is none; nothing was changed");
        }
        return typed;
    }

    /** A new password of keys: as {@link #secret}, but asked twice, and of a fit length. */
    public Secret newSecret(String prompt, String option) throws Refused {
        if (has(option)) {
            return secret(prompt, option);
        }
        Secret first = secret(prompt, option);
        try {
            checkLength(first);
            repeat(first);
            return first;
        } catch (Refused e) {
            first.close();
            throw e;
        }
    }

    /** Nobody types twice what will be refused. */
    private static void checkLength(Secret password) throws Refused {
        int least = KeySetAccess.SHORTEST_PASSWORD;
        int most = KeySetAccess.LONGEST_PASSWORD;
        if (password.length() < least || password.length() > most) {
            throw new Refused(
                    "a password of %d bytes is refused; it needs %d to %d. Nothing was changed"
                            .formatted(password.length(), least, most));
        }
    }

    /** Asks for a new secret once more; refused if it is not the same. */
    public void repeat(Secret first) throws Refused {
        try (Secret second = dialogue.askSecret("Again: ")) {
            if (!first.sameAs(second)) {
                throw new Refused("the two entries differ; nothing was changed");
            }
        }
    }

    private String shown(String sentence) {
        return dialogue.fold(Text.visible(sentence));
    }

    /** Columns of the screen, or 0 if the output does not go to one. */
    int width() {
        return dialogue.width();
    }

    /** What the command was given to read. */
    InputStream in() {
        return dialogue.in();
    }

    /** Whether somebody can be asked. */
    public boolean canAsk() {
        return dialogue.canAsk();
    }

    /** Asks for a line; what was typed, without blanks around it. */
    public String ask(String prompt) throws Refused {
        return dialogue.ask(prompt).strip();
    }

    /** Says what must be heeded, beside the output. */
    public void warn(String sentence) {
        dialogue.err().println(shown(sentence));
    }
}
