/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Looks for canaries in files, in all their forms at once. */
final class LeakSearch {
    private static final int PREFIX = 4;

    private final List<Canary> canaries;
    private final List<String> found = new ArrayList<>();
    private int files;

    LeakSearch(List<Canary> canaries) {
        this.canaries = List.copyOf(canaries);
    }

    /** Every file below a folder that a condition lets through; compressed logs unpacked. */
    LeakSearch folder(Path folder, Predicate<Path> condition) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).filter(condition).toList()) {
                content(file.toString(), read(file));
            }
        }
        return this;
    }

    LeakSearch text(String place, String text) {
        content(place, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            if (!file.toString().endsWith(".gz")) {
                return in.readAllBytes();
            }
            try (GZIPInputStream unpacked = new GZIPInputStream(in)) {
                return unpacked.readAllBytes();
            }
        }
    }

    private void content(String place, byte[] content) {
        files++;
        for (Canary canary : canaries) {
            for (Canary.Form form : canary.forms()) {
                int at = indexOf(content, form.bytes());
                if (at >= 0) {
                    found.add(
                            canary.name()
                                    + " as "
                                    + form.encoding()
                                    + " in "
                                    + place
                                    + " at "
                                    + at);
                }
            }
        }
    }

    private static int indexOf(byte[] content, byte[] wanted) {
        if (wanted.length < PREFIX) {
            throw new IllegalArgumentException("too short to be told from chance");
        }
        byte first = wanted[0];
        for (int i = 0; i <= content.length - wanted.length; i++) {
            if (content[i] == first && matches(content, i, wanted)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] content, int at, byte[] wanted) {
        for (int i = 1; i < wanted.length; i++) {
            if (content[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** Where which canary was found, in words that show none. */
    List<String> found() {
        return List.copyOf(found);
    }

    /** How many files and texts were searched. */
    int files() {
        return files;
    }
}
