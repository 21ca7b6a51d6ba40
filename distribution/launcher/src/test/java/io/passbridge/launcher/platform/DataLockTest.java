/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLockTest {
    @TempDir private Path data;

    @Test
    void second_isRefusedWithProcessAndRemedy() throws Exception {
        try (DataLock first = DataLock.take(data)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> DataLock.take(data))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("bin/passbridge stop");
        }
    }

    @Test
    void holder_isKnownWhileHeldOnly() throws Exception {
        assertThat(DataLock.holder(data)).isEmpty();
        try (DataLock lock = DataLock.take(data)) {
            assertThat(lock).isNotNull();
            assertThat(DataLock.holder(data))
                    .hasValueSatisfying(
                            holder ->
                                    assertThat(holder.pid())
                                            .isEqualTo(ProcessHandle.current().pid()));
        }
        assertThat(DataLock.holder(data)).isEmpty();
    }

    @Test
    void fileOfADeadProcess_isTakenOver() throws Exception {
        Files.writeString(data.resolve("lock"), "999999999\n2026-01-01T00:00:00Z\nrest of it\n");

        try (DataLock lock = DataLock.take(data)) {
            assertThat(lock).isNotNull();
            assertThat(Files.readString(data.resolve("lock")))
                    .startsWith(ProcessHandle.current().pid() + "\n")
                    .doesNotContain("rest of it");
        }
    }
}
