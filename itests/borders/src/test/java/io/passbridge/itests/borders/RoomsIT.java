/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.borders;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Packages are the rooms of a bundle; no two of them lead into each other. */
class RoomsIT {
    static Stream<Path> jars() {
        Path launcher =
                Path.of(System.getProperty("distribution"), "lib", "passbridge-launcher.jar");
        return Stream.concat(
                ShippedBundle.all().stream().map(ShippedBundle::jar), Stream.of(launcher));
    }

    @ParameterizedTest
    @MethodSource("jars")
    void packagesOfABundle_areFreeOfCycles(Path jar) throws IOException {
        JavaClasses classes;
        try (JarFile file = new JarFile(jar.toFile())) {
            classes =
                    new ClassFileImporter()
                            .withImportOption(location -> location.contains("/io/passbridge/"))
                            .importJar(file);
        }
        assertThat(classes).as("classes of ours in %s", jar.getFileName()).isNotEmpty();
        slices().matching("io.passbridge.(**)").should().beFreeOfCycles().check(classes);
    }
}
