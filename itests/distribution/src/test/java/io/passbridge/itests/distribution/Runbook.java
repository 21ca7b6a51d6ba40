/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command lines of a runbook, read from the page that operators read, and run one after another
 * at a terminal. A line that the page has and the test does not expect makes the test fail, and the
 * other way round.
 */
final class Runbook {
    private static final Path PAGES = Path.of("../../docs/runbooks").toAbsolutePath().normalize();
    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^ *```console\\n(.*?)^ *```$", Pattern.MULTILINE);
    private static final Pattern LINE = Pattern.compile("^ *(passbridge>|[a-z]*\\$) (.+)$");

    private final String page;
    private final Deque<Step> steps = new ArrayDeque<>();

    /** Something to type: in the shell of the platform, or at the operating system. */
    private record Step(boolean shell, String line) {}

    private Runbook(String page) {
        this.page = page;
    }

    /**
     * Reads a page.
     *
     * @param words what stands on the page, and what it is here
     */
    static Runbook of(String page, Map<String, String> words) throws IOException {
        Runbook runbook = new Runbook(page);
        Matcher block = BLOCK.matcher(Files.readString(PAGES.resolve(page)));
        while (block.find()) {
            for (String text : block.group(1).lines().toList()) {
                Matcher line = LINE.matcher(text);
                assertThat(line.matches()).as("%s: '%s' has a prompt", page, text).isTrue();
                String command = line.group(2);
                for (Map.Entry<String, String> word : words.entrySet()) {
                    command = command.replace(word.getKey(), word.getValue());
                }
                runbook.steps.add(new Step(line.group(1).equals("passbridge>"), command));
            }
        }
        return runbook;
    }

    /** Every page there is. */
    static List<String> pages() throws IOException {
        try (var files = Files.list(PAGES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Types the next line, which begins so and has to succeed; what is on the screen then. */
    String follow(Installation server, Typist typist, String begin) throws Exception {
        return follow(server, typist, begin, 0);
    }

    /** Types the next line, which ends with one of the given exit statuses. */
    String follow(Installation server, Typist typist, String begin, Integer... statuses)
            throws Exception {
        assertThat(steps).as("%s: a line that begins with '%s'", page, begin).isNotEmpty();
        Step step = steps.removeFirst();
        assertThat(step.line()).as("the next line of %s", page).startsWith(begin);
        Ran ran =
                step.shell()
                        ? typist.run(server, "passbridge", "exec", step.line())
                        : typist.type(server, List.of("sh", "-c", step.line()));
        if (!List.of(statuses).contains(ran.status())) {
            throw new AssertionError(
                    page + ": " + step + ": " + ran.text() + server.exec("doctor").text());
        }
        return ran.out();
    }

    /** Leaves out what the page says for another case. */
    Runbook skip(String begin) {
        assertThat(steps.removeFirst().line()).as("the next line of %s", page).startsWith(begin);
        return this;
    }

    /** Nothing on the page was left out. */
    void end() {
        assertThat(steps).as("%s: lines that were not followed", page).isEmpty();
    }
}
