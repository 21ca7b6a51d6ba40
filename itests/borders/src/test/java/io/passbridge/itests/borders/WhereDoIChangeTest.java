/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.borders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody is sent to a place that has moved. */
class WhereDoIChangeTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path PAGE = ROOT.resolve("docs/where-do-i-change.md");
    private static final Path GLOSSARY = ROOT.resolve("docs/glossary.md");

    /** {@code | `file` | `look for` |}, and what else a line of a table says. */
    private static final Pattern LINE =
            Pattern.compile("^\\| `([^`]+)` \\| `([^`]+)` \\| .+ \\|$", Pattern.MULTILINE);

    private static final Pattern TABLE_LINE = Pattern.compile("^\\| `.*$", Pattern.MULTILINE);

    /** A test that is named as what tells when a place was forgotten. */
    private static final Pattern TEST =
            Pattern.compile("`(\\w+(?:Test|IT|Contract))(?:\\.(\\w+))?`");

    static List<Path> pages() {
        return List.of(PAGE, GLOSSARY);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPlace_isThere(Path file) throws IOException {
        String page = Files.readString(file);
        List<MatchResult> lines = LINE.matcher(page).results().toList();
        assertThat(lines)
                .as("a line of a table that is not of the form | `file` | `look for` | text |")
                .hasSameSizeAs(TABLE_LINE.matcher(page).results().toList());
        assertThat(lines).hasSizeGreaterThan(15);
        for (MatchResult line : lines) {
            Path place = ROOT.resolve(line.group(1));
            assertThat(place).isRegularFile();
            assertThat(place).content().contains(line.group(2));
        }
    }

    static List<Path> pagesWithTests() {
        return List.of(PAGE, ROOT.resolve("docs/real-servers.md"));
    }

    @ParameterizedTest
    @MethodSource("pagesWithTests")
    void everyTestThatIsNamed_isThere(Path page) throws IOException {
        Set<String> missing = new TreeSet<>();
        List<Path> tests = tests();
        for (MatchResult named : TEST.matcher(Files.readString(page)).results().toList()) {
            boolean there =
                    tests.stream()
                            .filter(file -> file.endsWith(named.group(1) + ".java"))
                            .anyMatch(
                                    file -> named.group(2) == null || holds(file, named.group(2)));
            if (!there) {
                missing.add(named.group());
            }
        }
        assertThat(missing).isEmpty();
    }

    private static boolean holds(Path file, String method) {
        try {
            return Files.readString(file).contains("void " + method + "(");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Path> tests() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(
                            file ->
                                    file.toString().contains("/src/test/java/")
                                            || file.toString().contains("/connector-tck/src/"))
                    .toList();
        }
    }
}
