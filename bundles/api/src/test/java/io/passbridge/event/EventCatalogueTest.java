/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
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
    void everyFact_belongsToAnEvent() {
        Set<Fact> named = new HashSet<>(Fact.COMMON);
        Arrays.stream(EventType.values()).forEach(type -> named.addAll(type.facts()));
        assertThat(Fact.values()).allSatisfy(fact -> assertThat(named).contains(fact));
        assertThat(Arrays.stream(Fact.values()).map(Fact::text)).doesNotHaveDuplicates();
    }

    @Test
    void fact_thatTheTypeDoesNotName_isNoticed() {
        EventType.SOURCE_FAILED.require(Set.of(Fact.REASON, Fact.ACTOR));
        assertThatThrownBy(() -> EventType.SOURCE_FAILED.require(Set.of(Fact.PROTECTOR)))
                .hasMessageContaining("SOURCE_FAILED has no fact PROTECTOR");
    }

    private static String page() {
        return """
        # Events

        Every event that the journal records, generated from the code.
        Numbers below 9000 are those that operators' monitors already know from password hash synchronisation elsewhere, with their meaning; ours start at 9000.
        Beside the facts of its type, an event may tell who caused it (`actor`), when it happened if it could be recorded only later (`at`), and how many of the kind were not recorded before it (`suppressed`).
        `events:list` shows the journal, `events:tail` follows it, `events:verify` checks its hash chain.

        | number | name | severity | text | what to do | facts |
        |---|---|---|---|---|---|
        """
                + Arrays.stream(EventType.values())
                        .sorted(Comparator.comparingInt(EventType::number))
                        .map(EventCatalogueTest::row)
                        .collect(Collectors.joining());
    }

    private static String row(EventType type) {
        return "| %d | %s | %s | %s | %s | %s |%n"
                .formatted(
                        type.number(),
                        type.name(),
                        type.severity().name().toLowerCase(Locale.ROOT),
                        type.text(),
                        type.remedy(),
                        type.facts().stream().map(Fact::text).collect(Collectors.joining(", ")))
                .replace(System.lineSeparator(), "\n");
    }
}
