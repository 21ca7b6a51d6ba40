/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever the distribution ships can be had as a feature and with the bill of materials (BOM). */
class FeaturesIT {
    /** Looks after the process, which in other containers is somebody else's. */
    private static final Set<String> DISTRIBUTION_ONLY = Set.of("io.passbridge.hardening");

    private static final Pattern OWN =
            Pattern.compile("(io\\.passbridge\\.[a-z.0-9]+)-\\d.*\\.jar");

    @Test
    void everyShippedBundle_isInAFeature() throws IOException {
        String features =
                Files.readString(Path.of(System.getProperty("features"), "feature/feature.xml"));

        Set<String> missing = shipped();
        missing.removeAll(DISTRIBUTION_ONLY);
        missing.removeIf(bundle -> features.contains("mvn:io.passbridge/" + bundle + "/"));
        assertThat(missing).as("bundles without a feature").isEmpty();
        assertThat(features).as("versions that were not filled in").doesNotContain("${");
    }

    @Test
    void everyShippedBundle_isInTheBillOfMaterials() throws IOException {
        String bom = Files.readString(Path.of(System.getProperty("features"), "../bom/pom.xml"));

        Set<String> missing = shipped();
        missing.removeIf(bundle -> bom.contains("<artifactId>" + bundle + "</artifactId>"));
        assertThat(missing).as("bundles that the bom does not name").isEmpty();
    }

    private static Set<String> shipped() throws IOException {
        try (Stream<Path> files =
                Files.walk(Path.of(System.getProperty("distribution"), "bundles"))) {
            return files.map(file -> OWN.matcher(file.getFileName().toString()))
                    .filter(java.util.regex.Matcher::matches)
                    .map(matcher -> matcher.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
