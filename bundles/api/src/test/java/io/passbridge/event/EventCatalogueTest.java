/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/events.md} equal to the code; {@code -Dupdate} writes it. */
class EventCatalogueTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "events.md");

    @Test
    void page_isWhatTheCodeSays() throws Exception {
        if (System.getProperty("update") != null) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page());
        }
        assertThat(PAGE)
                .as("run: mvn -pl bundles/api test -Dtest=EventCatalogueTest -Dupdate")
                .content()
                .isEqualTo(page());
    }

    @Test
    void numbers_areUnique() {
        assertThat(Arrays.stream(EventType.values()).map(EventType::number))
                .doesNotHaveDuplicates();
    }

    @Test
    void warningsAndErrors_sayWhatToDo_orThatItMendsItself() {
        assertThat(EventType.values())
                .filteredOn(type -> type.severity() == EventType.Severity.ERROR)
                .allSatisfy(type -> assertThat(type.remedy()).isNotEmpty());
    }

    private static String page() {
        return """
        # Events

        Every event that the journal records, generated from the code.
        Numbers below 9000 are those that operators' monitors already know from password hash synchronisation elsewhere, with their meaning; ours start at 9000.
        `events:list` shows the journal, `events:tail` follows it, `events:verify` checks its hash chain.

        | number | name | severity | text | what to do |
        |---|---|---|---|---|
        """
                + Arrays.stream(EventType.values())
                        .sorted(Comparator.comparingInt(EventType::number))
                        .map(EventCatalogueTest::row)
                        .collect(Collectors.joining());
    }

    private static String row(EventType type) {
        return "| %d | %s | %s | %s | %s |%n"
                .formatted(
                        type.number(),
                        type.name(),
                        type.severity().name().toLowerCase(Locale.ROOT),
                        type.text(),
                        type.remedy())
                .replace(System.lineSeparator(), "\n");
    }
}
