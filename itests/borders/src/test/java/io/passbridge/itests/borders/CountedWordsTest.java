/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.borders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Nobody is told of '1 records': a number that may be one gets its word from {@code Finding.count}.
 */
class CountedWordsTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private static final String WORDS =
            "times|users|people|records|values|entries|objects|days|attempts|changes"
                    + "|attributes|connectors|routes|bundles|sign-ins|passwords|sessions|events";

    /** A variable or a call before the word; a constant is known not to be one. */
    private static final Pattern JOINED =
            Pattern.compile("(?<![A-Z_])([a-z]\\w*|[)\\]])\\s*\\+ \" (" + WORDS + ")\\b[^\"]*\"");

    private static final Pattern FORMATTED = Pattern.compile("\"[^\"\n]*%,?d (" + WORDS + ")\\b");

    @Test
    void numbers_areCountedInOnePlace() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path source : sources()) {
            String text = Files.readString(source);
            for (Pattern pattern : List.of(JOINED, FORMATTED)) {
                pattern.matcher(text)
                        .results()
                        .filter(hit -> !isFault(source))
                        .forEach(hit -> found.add(ROOT.relativize(source) + ": " + hit.group()));
            }
        }
        assertThat(found).as("use Finding.count").isEmpty();
    }

    /** What decoders of protocols say of malformed bytes is for their developers. */
    private static boolean isFault(Path source) {
        return Pattern.compile("/connector/ad/(drsr|ndr|rpc|ntlm|kerberos)/")
                .matcher(source.toString())
                .find();
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String part : List.of("bundles", "shell-commands")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(part))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> file.toString().contains("/src/main/java/"))
                        .forEach(sources::add);
            }
        }
        assertThat(sources).hasSizeGreaterThan(300);
        return sources;
    }
}
