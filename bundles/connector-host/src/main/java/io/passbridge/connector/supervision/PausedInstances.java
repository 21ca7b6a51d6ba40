/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.files.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** The names of the instances that an operator paused, one a line in a file. */
final class PausedInstances {
    private final Path file;
    private final Set<String> names = new TreeSet<>();

    /** Reads the file; that there is none means that nothing is paused. */
    PausedInstances(Path file) throws IOException {
        this.file = file;
        try {
            Files.readAllLines(file).stream()
                    .map(String::trim)
                    .filter(line -> !line.isEmpty())
                    .forEach(names::add);
        } catch (NoSuchFileException e) {
            names.clear();
        }
    }

    synchronized boolean contains(String name) {
        return names.contains(name);
    }

    /** Adds or removes a name durably; nothing changes if that fails. */
    synchronized void set(String name, boolean paused) throws IOException {
        Set<String> changed = new TreeSet<>(names);
        if (paused ? changed.add(name) : changed.remove(name)) {
            write(changed);
            names.clear();
            names.addAll(changed);
        }
    }

    private void write(Set<String> lines) throws IOException {
        Files.createDirectories(file.getParent());
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        WholeFile.write(file, out -> out.write(text));
    }
}
