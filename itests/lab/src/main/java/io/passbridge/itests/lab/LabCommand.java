/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs a command of a lab to its end. */
public final class LabCommand {
    private static final long LIMIT_MINUTES = 3;

    private LabCommand() {}

    /**
     * Runs a command.
     *
     * @param input what it reads
     * @return what it printed on both outputs
     * @throws IllegalStateException if it ends with another status than 0, or does not end in three
     *     minutes
     */
    public static String run(ProcessBuilder builder, String input)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("pb-lab", ".out");
        try {
            builder.environment().put("LC_ALL", "C.UTF-8");
            Process process =
                    builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
            String text = Files.readString(output);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        builder.command().get(0) + (ended ? " failed: " : " did not end: ") + text);
            }
            return text;
        } finally {
            Files.delete(output);
        }
    }

    /**
     * The script of that name in {@code itests/lab}, looked for from the working folder upwards.
     */
    public static Path script(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path script = at.resolve("itests/lab").resolve(name);
            if (Files.isExecutable(script)) {
                return script;
            }
        }
        throw new IllegalStateException("itests/lab/" + name + " is not above the working folder");
    }
}
