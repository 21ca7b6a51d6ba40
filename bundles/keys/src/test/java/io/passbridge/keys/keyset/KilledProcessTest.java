/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.keys.KeyException;
import io.passbridge.keys.keeper.KeySetState;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a real process with SIGKILL at random moments, over and over on the same folder. The system
 * property {@code passbridge.kills} says how often; a few times by default.
 */
class KilledProcessTest {
    @TempDir Path folder;

    @Test
    void kill_atRandomMoments_leavesAKeySetThatOpensWithAllThatWasTold() throws Exception {
        Random random = new Random();
        for (int kill = 0; kill < Integer.getInteger("passbridge.kills", 5); kill++) {
            int told = runAndKill(1 + random.nextInt(40), random.nextInt(30));
            Victim survivor = new Victim(folder);
            KeySetState.Open open = survivor.keeper.open();
            assertThat(open.keySet().primary().id()).isBetween(told, told + 1);
            assertThat(open.keySet().slots()).hasSize(1);
            survivor.keeper.close(new KeyException(KeyException.Kind.LOCKED, "the end"));
            assertThat(entries()).contains("keyset.pbks");
        }
    }

    private List<String> entries() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("keys"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** Runs until so many acts are told and so many milliseconds more. */
    private int runAndKill(int acts, int milliseconds) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Victim.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        int last = 0;
        try (BufferedReader out = process.inputReader(StandardCharsets.US_ASCII)) {
            for (int act = 0; act < acts; act++) {
                last = Integer.parseInt(out.readLine());
            }
            process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
            process.toHandle().destroyForcibly();
            process.waitFor();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                last = line.isEmpty() ? last : Integer.parseInt(line);
            }
        }
        return last;
    }
}
