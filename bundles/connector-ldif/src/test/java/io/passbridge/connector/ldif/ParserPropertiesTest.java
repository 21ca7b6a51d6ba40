/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.Watermark;
import io.passbridge.connector.ldif.LdifFixture.Seen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ParserPropertiesTest {
    private static final String SEED =
            "version: 1\n\n"
                    + LdifFixture.user("anna", "sambaNTPassword: 00112233445566778899AABBCCDDEEFF")
                    + LdifFixture.user("bert", "userPassword:: e1NTSEF9QUFBQQ==", "cn:: QmVydA==")
                    + "dn: uid=bert,ou=people,dc=example,dc=org\nchangetype: modify\n"
                    + "replace: userPassword\nuserPassword: {SSHA}BBBB\n-\n\n";

    /** Runs a check in a folder of its own, which is gone afterwards. */
    private static void inFolder(ThrowingCheck check) throws Exception {
        Path folder = Files.createTempDirectory("ldif-property");
        try {
            check.in(folder);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(ParserPropertiesTest::delete);
            }
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }

    @FunctionalInterface
    private interface ThrowingCheck {
        void in(Path folder) throws Exception;
    }

    /** Values end with a dot, since blanks and line ends behind a value are taken off. */
    @Property(tries = 300)
    void anyValueComesBack_howeverItIsFolded(
            @ForAll @Size(min = 1, max = 200) byte[] bytes,
            @ForAll @IntRange(min = 2, max = 90) int width)
            throws Exception {
        byte[] value = Arrays.copyOf(bytes, bytes.length + 1);
        value[bytes.length] = '.';
        String line =
                "userPassword:: " + Base64.getEncoder().encodeToString(concat("{SSHA}", value));
        StringBuilder folded = new StringBuilder(line.substring(0, Math.min(width, line.length())));
        for (int at = width; at < line.length(); at += width) {
            folded.append("\r\n ").append(line, at, Math.min(line.length(), at + width));
        }
        inFolder(
                folder -> {
                    try (LdifFixture fixture = new LdifFixture(folder)) {
                        fixture.write(LdifFixture.user("anna", folded.toString()));
                        List<Seen> seen = fixture.changes();
                        // blanks, line ends and zeros behind a value are no part of it
                        int end = value.length;
                        while (end > 0 && value[end - 1] >= 0 && value[end - 1] <= ' ') {
                            end--;
                        }
                        byte[] told = Arrays.copyOf(value, end);
                        boolean locked = value[0] == '!' || value[0] == '*';
                        assertThat(seen).hasSize(1);
                        assertThat(seen.get(0).credential())
                                .isEqualTo(
                                        locked
                                                ? "none"
                                                : new String(
                                                        concat("{SSHA}", told),
                                                        StandardCharsets.UTF_8));
                    }
                });
    }

    @Property(tries = 500)
    void damagedFile_neitherFailsNorHangsNorInventsUsers(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        byte[] bytes = SEED.getBytes(StandardCharsets.UTF_8);
        int hits = 1 + random.nextInt(8);
        for (int i = 0; i < hits; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = '\n';
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                default -> bytes = concat(new String(bytes, StandardCharsets.ISO_8859_1), bytes);
            }
            if (bytes.length > 20_000) {
                bytes = Arrays.copyOf(bytes, 20_000);
            }
        }
        byte[] damaged = bytes;
        inFolder(
                folder -> {
                    try (LdifFixture fixture = new LdifFixture(folder)) {
                        Files.write(fixture.file, damaged);
                        assertThat(fixture.changes(3).size())
                                .isLessThanOrEqualTo(damaged.length / 20 + 1);
                    }
                });
    }

    @Property(tries = 100)
    void pagesOfAnySize_withRestartsAnywhere_bringTheSame(
            @ForAll @IntRange(min = 1, max = 9) int limit, @ForAll long seed) throws Exception {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            String user = "u" + random.nextInt(20);
            text.append(
                    random.nextInt(4) == 0
                            ? "dn: uid="
                                    + user
                                    + ",ou=people,dc=example,dc=org\n"
                                    + "changetype: modify\n"
                                    + "replace: mail\n"
                                    + "mail: m"
                                    + i
                                    + "\n-\n\n"
                            : LdifFixture.user(user, "userPassword: {SSHA}" + i));
        }
        inFolder(
                folder -> {
                    try (LdifFixture fixture = new LdifFixture(folder)) {
                        fixture.write(text.toString());
                        List<Seen> whole = new ArrayList<>(fixture.byAnchor().values());
                        fixture.watermark = Watermark.BEGINNING;
                        Map<String, Seen> paged = new TreeMap<>();
                        boolean more = true;
                        while (more) {
                            try (var page = fixture.source().changes(fixture.watermark, limit)) {
                                assertThat(page.changes().size()).isLessThanOrEqualTo(limit);
                                page.changes()
                                        .forEach(c -> paged.put(c.anchor().value(), Seen.of(c)));
                                fixture.watermark = page.next();
                                more = page.more();
                            }
                            if (random.nextBoolean()) {
                                fixture.restart();
                            }
                        }
                        assertThat(new ArrayList<>(paged.values())).isEqualTo(whole);
                    }
                });
    }

    private static byte[] concat(String text, byte[] more) {
        byte[] head = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(head, head.length + more.length);
        System.arraycopy(more, 0, all, head.length, more.length);
        return all;
    }
}
