/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Somebody at a terminal who answers what commands ask. */
final class Typist {
    private static final Path LAB = Path.of("../lab").toAbsolutePath().normalize();
    private static final Path SCRIPT = LAB.resolve("dialogue.exp");
    private static final Path SESSION = LAB.resolve("session.exp");

    private final Map<String, String> answers = new LinkedHashMap<>();
    private final List<String> steps = new ArrayList<>();

    /** Whether a terminal can be made here; tests that need one say so when they are skipped. */
    static boolean possible() {
        return Files.isExecutable(Path.of("/usr/bin/expect"));
    }

    /**
     * Knows one more answer.
     *
     * @param question a regular expression over the end of what is on the screen
     * @param answer with {@code \1} for what the first group matched
     */
    Typist answering(String question, String answer) {
        answers.put(question, answer);
        return this;
    }

    /** Types whatever has to be typed to confirm. */
    Typist confirming() {
        return answering("Type ([^ \\r\\n]+) to go on: $", "\\1");
    }

    /** Runs a program of the installation's {@code bin/}; its screen is the output. */
    Ran run(Installation installation, String program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(installation.home().resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return type(installation, command);
    }

    /** Runs a command in the installation's folder; its screen is the output. */
    Ran type(Installation installation, List<String> command)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("expect", SCRIPT.toString()));
        words.addAll(command);
        StringBuilder input = new StringBuilder();
        answers.forEach((q, a) -> input.append(q).append('\t').append(a).append('\n'));
        return Installation.run(installation.process(words), input.toString());
    }

    /**
     * Knows what to type next, in a session.
     *
     * @param seen a regular expression over what is on the screen since the last step
     * @param typed what is typed then, with Tcl's escapes: {@code \\r}, {@code \\t}, {@code \\003}
     */
    Typist when(String seen, String typed) {
        steps.add(seen + "\t" + typed);
        return this;
    }

    /** Goes through the steps on a terminal of 80 columns; the screen is the output. */
    Ran session(Installation installation, String... arguments)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("expect", SESSION.toString()));
        words.add(installation.home().resolve("bin/passbridge").toString());
        words.addAll(List.of(arguments));
        return Installation.run(installation.process(words), String.join("\n", steps) + "\n");
    }
}
