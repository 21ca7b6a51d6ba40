/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sample;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the sample directory: {@code people.ldif}, change records to append to it, and a page that
 * says who is in it. The same seed gives the same bytes.
 */
public final class SamplePeople {
    private static final String USAGE =
            """
            usage: SamplePeople --out FOLDER [--people N] [--seed N]
              --out FOLDER   where people.ldif, changes/ and README.md are written
              --people N     how many generated people beside the documented users (default 10000)
              --seed N       another seed gives other people (default 1)\
            """;

    private SamplePeople() {}

    public static void main(String[] arguments) {
        try {
            System.exit(run(arguments));
        } catch (IOException | UncheckedIOException trouble) {
            System.err.println("the sample could not be written: " + trouble);
            System.exit(2);
        }
    }

    static int run(String... arguments) throws IOException {
        Path out = null;
        long people = 10_000;
        long seed = 1;
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                return usage("'" + arguments[i] + "' needs a value");
            }
            try {
                switch (arguments[i]) {
                    case "--out" -> out = Path.of(arguments[i + 1]);
                    case "--people" -> people = Long.parseUnsignedLong(arguments[i + 1]);
                    case "--seed" -> seed = Long.parseLong(arguments[i + 1]);
                    default -> {
                        return usage("'" + arguments[i] + "' is not an option");
                    }
                }
            } catch (NumberFormatException notANumber) {
                return usage("'" + arguments[i + 1] + "' is not a number");
            }
        }
        if (out == null || people < 0) {
            return usage("--out is missing, or --people is out of range");
        }
        write(out, people, seed);
        return 0;
    }

    private static int usage(String why) {
        System.err.println(why + System.lineSeparator() + USAGE);
        return 1;
    }

    static void write(Path folder, long people, long seed) throws IOException {
        Path changes = Files.createDirectories(folder.resolve("changes"));
        try (LdifWriter ldif = new LdifWriter(open(folder.resolve("people.ldif")))) {
            ldif.comment("Sample directory of made-up people: not for production.").endRecord();
            Units.write(ldif);
            for (DocumentedUser user : DocumentedUser.ALL) {
                user.entry().write(ldif);
            }
            PersonGenerator generator = new PersonGenerator(seed);
            for (long number = 1; number <= people; number++) {
                generator.person(number).write(ldif);
            }
        }
        for (SampleChange change : SampleChange.all()) {
            try (LdifWriter ldif = new LdifWriter(open(changes.resolve(change.fileName())))) {
                change.write(ldif);
            }
        }
        Files.write(folder.resolve("README.md"), readme(people));
    }

    private static OutputStream open(Path file) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    }

    private static List<String> readme(long people) {
        return SampleReadme.lines(people);
    }
}
