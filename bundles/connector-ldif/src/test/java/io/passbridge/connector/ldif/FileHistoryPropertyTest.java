/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.Watermark;
import io.passbridge.connector.ldif.LdifFixture.Seen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Any history of one user in a file: times that come, vanish, go back or stand still, dumps that
 * nobody read, restarts, a lost memory. Whoever remembers a version and takes what is told at
 * another one holds in the end what the file says.
 */
class FileHistoryPropertyTest {
    private static final String ANNA = "uuid-anna";

    /**
     * A dump of the file, and how it is read.
     *
     * @param lastSet pwdLastSet in days, 0 for 'must change', -1 for none
     * @param modified modifyTimestamp in seconds, -1 for none
     * @param fileTime in days; may go back
     */
    record Dump(int hash, int lastSet, int modified, int fileTime, int others, Reading reading) {}

    enum Reading {
        DELTA,
        DELTA_IN_PAGES,
        NONE,
        FIRST_PAGE_ALONE,
        RESTART,
        FULL,
        MEMORY_LOST
    }

    @Provide
    Arbitrary<List<Dump>> histories() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(-1, 3),
                        Arbitraries.integers().between(-1, 3),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(Reading.class))
                .as(Dump::new)
                .list()
                .ofMinSize(2)
                .ofMaxSize(12);
    }

    @Property(tries = 250)
    void anyHistory_endsWithWhatTheFileSays(@ForAll("histories") List<Dump> dumps)
            throws Exception {
        Path folder = Files.createTempDirectory("history");
        try (LdifFixture fixture = new LdifFixture(folder)) {
            Seen[] held = {null};
            int number = 0;
            for (Dump dump : dumps) {
                write(fixture, dump, ++number);
                read(fixture, dump.reading(), held);
            }
            read(fixture, Reading.DELTA, held);

            Dump last = dumps.get(dumps.size() - 1);
            assertThat(held[0].credential()).isEqualTo("NT " + hash(last.hash()).toLowerCase());
            assertThat(held[0].state().flags().isEmpty()).isEqualTo(last.lastSet() != 0);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static String hash(int number) {
        return ("0" + number).repeat(16);
    }

    /** The number makes each content another one, as the clock of the file system would. */
    private static void write(LdifFixture fixture, Dump dump, int number) throws Exception {
        List<String> lines = new ArrayList<>(List.of("sambaNTPassword: " + hash(dump.hash())));
        if (dump.lastSet() >= 0) {
            long days = dump.lastSet() * 864_000_000_000L;
            lines.add("pwdLastSet: " + (days == 0 ? 0 : 133_500_000_000_000_000L + days));
        }
        if (dump.modified() >= 0) {
            lines.add("modifyTimestamp: 2024010100000" + dump.modified() + "Z");
        }
        StringBuilder people = new StringBuilder("# dump " + number + "\n\n");
        for (int i = 0; i < dump.others(); i++) {
            people.append(LdifFixture.user("other" + i, "sambaNTPassword: " + hash(9)));
        }
        people.append(LdifFixture.user("anna", lines.toArray(String[]::new)));
        fixture.write(people.toString());
        Files.setLastModifiedTime(
                fixture.file,
                FileTime.fromMillis(
                        1_790_000_000_000L + dump.fileTime() * 86_400_000L + number * 1_000L));
    }

    private static void read(LdifFixture fixture, Reading reading, Seen[] held) throws Exception {
        switch (reading) {
            case NONE -> {}
            case DELTA -> take(fixture.changes(), held);
            case DELTA_IN_PAGES -> take(fixture.changes(1), held);
            case FIRST_PAGE_ALONE -> {
                try (ChangePage page = fixture.source().changes(fixture.watermark, 1)) {
                    take(page.changes().stream().map(Seen::of).toList(), held);
                    fixture.watermark = page.next();
                }
            }
            case RESTART -> {
                fixture.restart();
                take(fixture.changes(), held);
            }
            case FULL -> {
                fixture.watermark = Watermark.BEGINNING;
                take(fixture.changes(), held);
            }
            case MEMORY_LOST -> {
                try (Stream<Path> files = Files.list(fixture.context.dataFolder())) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
                take(fixture.changes(), held);
            }
        }
    }

    /** As the engine does: the same version and state again is dealt with. */
    private static void take(List<Seen> changes, Seen[] held) {
        Optional<Seen> anna =
                changes.stream().filter(seen -> seen.anchor().equals(ANNA)).findFirst();
        anna.filter(
                        seen ->
                                held[0] == null
                                        || seen.version() != held[0].version()
                                        || !seen.state().equals(held[0].state()))
                .ifPresent(seen -> held[0] = seen);
    }
}
