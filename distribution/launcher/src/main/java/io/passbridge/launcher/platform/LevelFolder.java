/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A folder below {@code bundles}. Its name is the start level of the bundles in it, and after a
 * point the operating system that they need: {@code 25.windows}.
 *
 * @param path the folder
 * @param level start level
 * @param system beginning of the name of the operating system, in lower case; empty for any
 */
record LevelFolder(Path path, int level, String system) {

    /** Every folder whose bundles run on this operating system, lowest level first. */
    static List<LevelFolder> ofThisSystem(Path bundles) throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        try (Stream<Path> folders = Files.list(bundles)) {
            return folders.map(LevelFolder::parse)
                    .filter(folder -> system.startsWith(folder.system()))
                    .sorted(Comparator.comparingInt(LevelFolder::level))
                    .toList();
        }
    }

    private static LevelFolder parse(Path path) {
        String[] parts = path.getFileName().toString().split("\\.", 2);
        return new LevelFolder(path, Integer.parseInt(parts[0]), parts.length > 1 ? parts[1] : "");
    }

    /** The bundles in it, by name. */
    List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }
}
