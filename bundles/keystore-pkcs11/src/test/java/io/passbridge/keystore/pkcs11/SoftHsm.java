/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.pkcs11;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * SoftHSM 2 with a folder of its own. The library reads SOFTHSM2_CONF once in a process, so all
 * tests of a run share the folder; each makes tokens of its own.
 */
final class SoftHsm {
    static final Path LIBRARY =
            Path.of(System.getProperty("softhsm.library", "/usr/lib/softhsm/libsofthsm2.so"));
    static final String PIN = "4711-user";
    private static final Pattern SLOT = Pattern.compile("reassigned to slot ([0-9]+)");
    private static boolean prepared;

    private SoftHsm() {}

    static boolean isInstalled() {
        return Files.isReadable(LIBRARY) && System.getenv("SOFTHSM2_CONF") != null;
    }

    static synchronized void prepare() throws IOException {
        if (prepared) {
            return;
        }
        Path configuration = Path.of(System.getenv("SOFTHSM2_CONF"));
        Path tokens = configuration.resolveSibling("tokens");
        if (Files.exists(tokens)) {
            try (Stream<Path> old = Files.walk(tokens)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(tokens);
        Files.writeString(
                configuration,
                "directories.tokendir = "
                        + tokens
                        + "\nobjectstore.backend = file\n"
                        + "log.level = ERROR\nslots.removable = false\n");
        prepared = true;
    }

    /** Makes a token; returns its slot's id. */
    static synchronized String token(String label) throws Exception {
        prepare();
        Process process =
                new ProcessBuilder(
                                List.of(
                                        "softhsm2-util",
                                        "--init-token",
                                        "--free",
                                        "--label",
                                        label,
                                        "--so-pin",
                                        "officer-0815",
                                        "--pin",
                                        PIN))
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher slot = SLOT.matcher(output);
        if (process.waitFor() != 0 || !slot.find()) {
            throw new IOException("softhsm2-util failed: " + output);
        }
        return slot.group(1);
    }
}
