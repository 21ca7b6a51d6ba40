/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.Watermark;
import io.passbridge.connector.ldif.LdifFixture.Seen;
import java.io.BufferedWriter;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One change that is appended to a file of many people. With {@code -Dpassbridge.people=1000000}
 * the long form, which prints how long each takes.
 */
class AppendedChangeTest {
    private static final int PEOPLE = Integer.getInteger("passbridge.people", 5_000);

    @TempDir Path folder;

    private void dump(Path file) throws Exception {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < PEOPLE; i++) {
                out.write(person(i, "%032X".formatted(i)));
            }
        }
    }

    private static String person(int number, String hash) {
        return LdifFixture.user(
                "u" + number,
                "cn: Person Number " + number,
                "mail: u" + number + "@example.org",
                "sambaNTPassword: " + hash);
    }

    private static String modify(int number, String hash) {
        return "dn: uid=u%d,ou=people,dc=example,dc=org%nchangetype: modify%nreplace: sambaNTPassword%nsambaNTPassword: %s%n-%n%n"
                .formatted(number, hash);
    }

    /**
     * What is given out, all of it on the first page; tells when that was there, and when all was.
     */
    private List<Seen> timed(String what, LdifFixture fixture) throws Exception {
        long began = System.nanoTime();
        List<Seen> seen;
        try (ChangePage page = fixture.source().changes(fixture.watermark, 500)) {
            seen = new ArrayList<>(page.changes().stream().map(Seen::of).toList());
            fixture.watermark = page.next();
            told("%s: %d given out".formatted(what, seen.size()), began);
            if (!page.more()) {
                return seen;
            }
        }
        assertThat(fixture.changes(500)).isEmpty();
        told("the rest was what it had been", began);
        return seen;
    }

    private static void told(String what, long began) {
        Runtime here = Runtime.getRuntime();
        System.out.printf(
                "%,d people, %s, %,d ms, %,d MB of heap in use%n",
                PEOPLE,
                what,
                (System.nanoTime() - began) / 1_000_000,
                (here.totalMemory() - here.freeMemory()) >> 20);
    }

    private static void assertOne(List<Seen> seen, int number, String hash) {
        assertThat(seen)
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.anchor()).isEqualTo("uuid-u" + number);
                            assertThat(one.credential()).isEqualToIgnoringCase("NT " + hash);
                        });
    }

    /** The proof that nothing else was changed comes behind what was appended. */
    @Test
    void rewrittenHead_isNoticedBehindWhatWasAppended() throws Exception {
        try (LdifFixture fixture = new LdifFixture(folder)) {
            dump(fixture.file);
            fixture.changes(500);
            try (RandomAccessFile file = new RandomAccessFile(fixture.file.toFile(), "rw")) {
                file.writeBytes(person(0, "0C".repeat(16)));
            }
            fixture.append(modify(17, "0D".repeat(16)));
            Watermark between;
            try (ChangePage page = fixture.source().changes(fixture.watermark, 500)) {
                assertOne(page.changes().stream().map(Seen::of).toList(), 17, "0D".repeat(16));
                assertThat(page.more()).isTrue();
                between = page.next();
            }
            fixture.watermark = between;
            assertOne(fixture.changes(500), 0, "0C".repeat(16));
            fixture.restart();
            fixture.watermark = between;
            assertOne(fixture.changes(500), 0, "0C".repeat(16));
            assertThat(fixture.changes(500)).isEmpty();
        }
    }

    @Test
    void appendedChange_isGivenOut_andNobodyElse() throws Exception {
        try (LdifFixture fixture = new LdifFixture(folder)) {
            dump(fixture.file);
            assertThat(fixture.changes(500)).hasSize(PEOPLE);
            for (int round = 0; round < 3; round++) {
                String hash = ("A" + round).repeat(16);
                fixture.append(modify(17 + round, hash));
                assertOne(timed("a password modified", fixture), 17 + round, hash);
                fixture.append(person(PEOPLE / 2 + round, hash));
                assertOne(timed("somebody described anew", fixture), PEOPLE / 2 + round, hash);
                fixture.append(person(PEOPLE + round, hash));
                assertOne(timed("somebody new", fixture), PEOPLE + round, hash);
            }
            fixture.restart();
            fixture.append(modify(5, "0B".repeat(16)));
            assertOne(timed("a password modified, after a restart", fixture), 5, "0B".repeat(16));
            assertThat(timed("unchanged", fixture)).isEmpty();
        }
    }

    /** Each change makes the version a second newer; that is no time that has come yet. */
    @Test
    void changeWithoutATime_wasMadeWhenTheFileWasWritten() throws Exception {
        try (LdifFixture fixture = new LdifFixture(folder)) {
            fixture.write(person(1, "0A".repeat(16)));
            fixture.changes();
            fixture.append(modify(1, "0B".repeat(16)) + modify(1, "0C".repeat(16)));
            Instant written = Files.getLastModifiedTime(fixture.file).toInstant();
            try (ChangePage page = fixture.source().changes(fixture.watermark, 500)) {
                assertThat(page.changes())
                        .singleElement()
                        .satisfies(
                                change ->
                                        assertThat(change.changedAt())
                                                .isEqualTo(written.truncatedTo(ChronoUnit.MICROS)));
            }
        }
    }

    @Test
    void routesThatFollowOneFile_eachGoOnWhereTheyStand() throws Exception {
        try (LdifFixture fixture = new LdifFixture(folder)) {
            dump(fixture.file);
            Watermark[] routes = new Watermark[3];
            Arrays.fill(routes, Watermark.BEGINNING);
            long began = System.nanoTime();
            int given = 0;
            for (boolean more = true; more; ) {
                for (int route = 0; route < routes.length; route++) {
                    try (ChangePage page = fixture.source().changes(routes[route], 500)) {
                        routes[route] = page.next();
                        more = page.more();
                        given += page.changes().size();
                    }
                }
            }
            assertThat(given).isEqualTo(routes.length * PEOPLE);
            told("first readings of three routes in turns", began);
            for (String hash : List.of("0E".repeat(16), "0F".repeat(16))) {
                fixture.append(modify(17, hash));
                for (int route = 0; route < routes.length; route++) {
                    fixture.watermark = routes[route];
                    began = System.nanoTime();
                    try (ChangePage page = fixture.source().changes(fixture.watermark, 500)) {
                        assertOne(page.changes().stream().map(Seen::of).toList(), 17, hash);
                        assertThat(page.more()).as("the proof comes behind").isTrue();
                        fixture.watermark = page.next();
                        told("appended, route " + route, began);
                    }
                    assertThat(fixture.changes(500)).isEmpty();
                    routes[route] = fixture.watermark;
                }
            }
        }
    }
}
