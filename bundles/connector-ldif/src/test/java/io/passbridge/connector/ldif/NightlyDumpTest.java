/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.Watermark;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A dump without operational times that is written anew with one changed record: whoever is given
 * out is digested. With {@code -Dpassbridge.people=1000000} the long form, which prints what it
 * takes.
 */
class NightlyDumpTest {
    private static final int PEOPLE = Integer.getInteger("passbridge.people", 5_000);

    @TempDir Path folder;

    private void dump(Path file, int changed) throws IOException {
        Path aside = folder.resolve("new");
        try (BufferedWriter out = Files.newBufferedWriter(aside)) {
            // the first record moves every line
            out.write(changed < 0 ? "" : "# another night\n\n");
            for (int i = 0; i < PEOPLE; i++) {
                out.write(
                        LdifFixture.user(
                                "u" + i,
                                "cn: Person Number " + i,
                                "mail: u" + i + "@example.org",
                                "sambaNTPassword: %032X".formatted(i == changed ? -1 - i : i)));
            }
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static int givenOut(LdifFixture fixture) throws Exception {
        int users = 0;
        boolean more = true;
        while (more) {
            try (ChangePage page = fixture.source().changes(fixture.watermark, 500)) {
                users += page.changes().size();
                fixture.watermark = page.next();
                more = page.more();
            }
        }
        return users;
    }

    private int timed(String what, LdifFixture fixture) throws Exception {
        long began = System.nanoTime();
        int users = givenOut(fixture);
        System.out.printf(
                "%,d people, %s: %,d to digest, %.1f s, %,d MB of heap in use%n",
                PEOPLE,
                what,
                users,
                (System.nanoTime() - began) / 1e9,
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
        return users;
    }

    @Test
    void oneChangedRecord_isTheOnlyOneToDigest() throws Exception {
        try (LdifFixture fixture = new LdifFixture(folder)) {
            dump(fixture.file, -1);
            assertThat(timed("first reading", fixture)).isEqualTo(PEOPLE);
            dump(fixture.file, PEOPLE / 2);
            assertThat(timed("written anew, one changed", fixture)).isEqualTo(1);
            fixture.restart();
            dump(fixture.file, PEOPLE / 3);
            assertThat(timed("again, after a restart", fixture))
                    .as("one as it was again, and another one")
                    .isEqualTo(2);
            Watermark end = fixture.watermark;
            assertThat(timed("unchanged", fixture)).isZero();
            assertThat(fixture.watermark).isEqualTo(end);
        }
    }
}
