/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.completion;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.impl.DefaultParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandCompleterTest {
    private static final Command TEST =
            new Command(
                    Usage.of("connector:test", "test connectors")
                            .many("NAME", "the instance", () -> List.of("corp", "cloud"))
                            .option("--depth", "DEPTH", "how deep", () -> List.of("all", "some"))
                            .json()) {
                @Override
                protected void run(Invocation call) {}
            };

    private final CommandCompleter completer =
            new CommandCompleter(
                    List.of(TEST),
                    (reader, line, candidates) -> candidates.add(new Candidate("other")));

    @ParameterizedTest
    @CsvSource({
        "conn, connector:test",
        "lb, other",
        "'lb ', other",
        "'connector:test ', corp cloud",
        "'connector:test corp ', corp cloud",
        "'connector:test --depth ', all some",
        "'connector:test --depth all ', corp cloud",
        "'connector:test --', --depth --json",
        "'connector:test --json --', --depth"
    })
    void word_isCompletedFromTheUsage(String line, String expected) {
        List<Candidate> candidates = new ArrayList<>();

        completer.complete(null, parse(line), candidates);

        assertThat(candidates).extracting(Candidate::value).containsExactly(expected.split(" "));
    }

    @Test
    void sourceThatFails_offersTheOptions() {
        Command failing =
                new Command(
                        Usage.of("a:b", "c")
                                .argument(
                                        "NAME",
                                        "name",
                                        () -> {
                                            throw new IllegalStateException("gone");
                                        })
                                .json()) {
                    @Override
                    protected void run(Invocation call) {}
                };
        List<Candidate> candidates = new ArrayList<>();

        new CommandCompleter(List.of(failing), (r, l, c) -> {})
                .complete(null, parse("a:b "), candidates);

        assertThat(candidates).extracting(Candidate::value).containsExactly("--json");
    }

    private static ParsedLine parse(String line) {
        return new DefaultParser().parse(line, line.length(), Parser.ParseContext.COMPLETE);
    }
}
