/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;

/**
 * What an operator does to a running platform: puts files into folders, and waits. Inside the
 * container.
 */
final class Deployment {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

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

    /** Empties the folders that the platform watches, but for the service-account password. */
    void clear() throws IOException {
        for (String folder : List.of("deploy", "etc")) {
            try (Stream<Path> files = Files.list(home().resolve(folder))) {
                for (Path file : files.filter(f -> !f.toString().endsWith("password")).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** The bundle of that name, or null. */
    static Bundle bundle(BundleContext context, String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(b -> symbolicName.equals(b.getSymbolicName()))
                .findFirst()
                .orElse(null);
    }

    /** Updates a bundle from a jar of the tests; its present class loader. */
    WeakReference<ClassLoader> update(Bundle bundle, String jar) throws Exception {
        WeakReference<ClassLoader> old =
                new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
        try (InputStream in = Files.newInputStream(home().resolve("jars").resolve(jar))) {
            bundle.update(in);
        }
        return old;
    }

    static void awaitCollected(List<WeakReference<ClassLoader>> loaders) throws Exception {
        await(
                "every old class loader is collected",
                () -> {
                    System.gc();
                    return loaders.stream().allMatch(reference -> reference.get() == null);
                });
    }

    /** That each user is there once, in the version that the source gave. */
    static void assertComplete(Path applied, int rows) throws IOException {
        List<String> lines = Files.readAllLines(applied);
        Set<String> distinct = new HashSet<>(lines);
        for (int i = 0; i < rows; i++) {
            assertTrue("u" + i + " is lost", distinct.contains("u" + i + " 1." + i));
        }
        assertEquals("lines of " + rows + " users", rows, lines.size());
    }

    /** Waits until something is so. */
    static void await(String what, Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.call()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
