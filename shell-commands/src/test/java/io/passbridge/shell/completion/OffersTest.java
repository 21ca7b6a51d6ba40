/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.completion;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.shell.kit.Command;
import io.passbridge.shell.kit.Invocation;
import io.passbridge.shell.kit.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffersTest {
    private static final Command TEST =
            new Command(
                    Usage.of("connector:test", "test connectors")
                            .many("NAME", "the instance", () -> List.of("corp", "cloud"))
                            .option("--depth", "DEPTH", "how deep", () -> List.of("all", "some"))
                            .json()) {
                @Override
                protected void run(Invocation call) {}
            };

    @ParameterizedTest
    @CsvSource({
        "conn, connector:test",
        "lb, ''",
        "'lb ', ''",
        "'connector:test ', cloud corp",
        "'connector:test cl', cloud",
        "'connector:test corp ', cloud corp",
        "'connector:test --depth ', all some",
        "'connector:test --depth s', some",
        "'connector:test --depth all ', cloud corp",
        "'connector:test --', --depth --json",
        "'connector:test --j', --json",
        "'connector:test --json --', --depth"
    })
    void word_isOfferedFromTheUsage(String line, String expected) {
        assertThat(
                        new Offers(List.of(TEST))
                                .at(List.of(line.split(" ", -1))).stream()
                                        .map(Offers.Offer::word)
                                        .toList())
                .containsExactlyElementsOf(
                        expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
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

        assertThat(new Offers(List.of(failing)).at(List.of("a:b", "")))
                .extracting(Offers.Offer::word)
                .containsExactly("--json");
    }
}
