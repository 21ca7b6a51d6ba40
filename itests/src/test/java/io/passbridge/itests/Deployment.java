/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/**
 * What an operator does to a running platform: puts files into folders, and waits. Inside the
 * container.
 */
final class Deployment {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The home folder of the platform; known inside the container only. */
    Path home() {
        return Path.of(System.getProperty("itests.home"));
    }

    /** Puts a jar into the deploy folder in one step, replacing one of that name. */
    void drop(String jar, String as) throws IOException {
        Path aside = home().resolve("data").resolve(as + ".tmp");
        Files.copy(home().resolve("jars").resolve(jar), aside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(aside, home().resolve("deploy").resolve(as), StandardCopyOption.ATOMIC_MOVE);
    }

    void remove(String jar) throws IOException {
        Files.delete(home().resolve("deploy").resolve(jar));
    }

    void configure(String file, String... lines) throws IOException {
        Path aside = home().resolve("data").resolve(file + ".tmp");
        Files.writeString(aside, String.join("\n", lines) + "\n");
        Files.move(aside, home().resolve("etc").resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Waits until something is so. */
    static void await(String what, Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.call()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
