/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.following;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordMemoryTest {
    @TempDir Path folder;

    @Test
    void memory_isBounded_byNumberAndSize_theLatestStays() throws Exception {
        RecordMemory few = new RecordMemory(folder, Clock.systemUTC(), 3, 1 << 20);
        RecordMemory.Mark last = RecordMemory.Mark.NONE;
        for (int i = 0; i < 9; i++) {
            try (RecordLog log = few.begin()) {
                log.add(1, i);
                last = log.mark();
            }
        }
        assertThat(logs(folder)).hasSize(4);
        assertThat(few.recall(last)).isPresent();
        RecordMemory small = new RecordMemory(folder, Clock.systemUTC(), 100, 16);
        small.begin().close();
        assertThat(logs(folder)).hasSize(2);
    }

    private static List<Path> logs(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.filter(f -> f.getFileName().toString().startsWith("records-")).toList();
        }
    }
}
