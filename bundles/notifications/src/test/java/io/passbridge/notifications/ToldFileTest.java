/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.health.Finding.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToldFileTest {
    @TempDir Path folder;

    @Test
    void whatWasTold_isReadAgain_damagedLinesAreNot() throws Exception {
        Path path = folder.resolve("notifications/told-by-mail");
        ToldFile file = new ToldFile(path);
        assertThat(file.read()).isEmpty();
        Map<Problem, Instant> told =
                Map.of(
                        new Problem(Severity.ERROR, "a\tb", "ü\nx", ""),
                        Instant.parse("2026-01-01T00:00:00Z"));
        file.write(told);
        assertThat(new ToldFile(path).read()).isEqualTo(told);
        Files.writeString(path, "nonsense\n2026\tERROR\ta\tb\tc\n" + Files.readString(path));
        assertThat(new ToldFile(path).read()).isEqualTo(told);
    }
}
