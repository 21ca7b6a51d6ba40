/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.event.EventType.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalMarkTest {
    @TempDir Path folder;

    /** A journal that is asked for one record only. */
    private record OneRecord(JournalRecord record) implements Journal {
        @Override
        public long record(EventType type, String subject, Map<Fact, String> facts) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<JournalRecord> list(JournalFilter filter, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<JournalRecord> after(long sequence, int limit) {
            return record.sequence() == sequence + 1 ? List.of(record) : List.of();
        }

        @Override
        public Verification verify() {
            throw new UnsupportedOperationException();
        }
    }

    private static JournalRecord record(long sequence, String hash) {
        return new JournalRecord(
                sequence,
                Instant.EPOCH,
                9010,
                Severity.INFORMATION,
                "system",
                "key 1",
                "text",
                Map.of(),
                hash);
    }

    @Test
    void whatWasNoted_isWhereToGoOn_inThatJournalOnly() throws Exception {
        Path file = folder.resolve("data/sent");
        JournalMark mark = new JournalMark(file);
        JournalRecord last = record(7, "abc");
        assertThat(mark.read(new OneRecord(last))).isZero();
        mark.write(last);
        assertThat(mark.number()).isEqualTo(7);
        assertThat(new JournalMark(file).read(new OneRecord(last))).isEqualTo(7);
        assertThat(mark.read(new OneRecord(record(7, "another")))).isZero();
        assertThat(mark.read(new OneRecord(record(6, "abc")))).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "7", "7 ", "0 abc", "-7 abc", "7 abc more", "12345678901234567890 abc"})
    void damagedFile_beginsAtTheFirstRecord(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("sent"), text);
        assertThat(new JournalMark(file).number()).isZero();
        assertThat(new JournalMark(file).read(new OneRecord(record(7, "abc")))).isZero();
    }

    @Test
    void severity_isNamedInAnyCase_andRefusedInWords() {
        assertThat(Severity.named(" Warning", "x")).isEqualTo(Severity.WARNING);
        assertThatThrownBy(() -> Severity.named("loud", "io.passbridge.syslog"))
                .hasMessage(
                        "'severity' of io.passbridge.syslog is 'loud'; it is information, warning"
                                + " or error");
    }
}
