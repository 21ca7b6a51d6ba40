/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.feature.impl.FeatureServiceImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureBundle;
import org.osgi.service.feature.ID;

/** The feature files as the OSGi Feature Service reads them: each complete, and together all. */
class FeaturesIT {
    private static final Path FILES = Path.of(System.getProperty("capabilities"), "osgi");
    private static final Path BUNDLES = Path.of(System.getProperty("distribution"), "bundles");

    @TempDir private Path storage;

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachFeature_resolvesByItself(String file) throws Exception {
        Feature feature = read(file);

        assertThat(feature.isComplete()).isTrue();
        assertThat(feature.getDescription()).isPresent();
        assertThat(feature.getID().getClassifier()).hasValue(feature.getName().orElseThrow());
        assertThat(feature.getBundles()).isNotEmpty();
        Map<String, Path> shipped = shipped();
        List<Path> jars =
                feature.getBundles().stream().map(b -> shipped.get(jar(b.getID()))).toList();
        assertThat(jars).as(() -> "of " + feature.getBundles()).doesNotContainNull();
        assertThat(RunningFramework.unresolved(FrameworksIT.felixJar(), storage, jars))
                .isSubsetOf(notOfThisSystem());
    }

    @Test
    void theDistribution_isItsFeature_levelByLevel() throws Exception {
        Map<String, String> expected = new TreeMap<>();
        for (FeatureBundle bundle : read("passbridge-distribution.json").getBundles()) {
            expected.put(
                    jar(bundle.getID()), String.valueOf(bundle.getMetadata().get("startlevel")));
        }
        Map<String, String> found = new TreeMap<>();
        shipped().forEach((jar, path) -> found.put(jar, level(path)));
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void everyBundleOfOurs_isInTheBillOfMaterials() throws Exception {
        String bom = Files.readString(Path.of(System.getProperty("features"), "../bom/pom.xml"));

        Set<String> missing =
                read("passbridge-distribution.json").getBundles().stream()
                        .map(FeatureBundle::getID)
                        .filter(id -> id.getGroupId().equals("io.passbridge"))
                        .map(ID::getArtifactId)
                        .collect(Collectors.toCollection(TreeSet::new));
        missing.removeIf(bundle -> bom.contains("<artifactId>" + bundle + "</artifactId>"));
        assertThat(missing).as("bundles that the bom does not name").isEmpty();
    }

    private static Feature read(String file) throws IOException {
        try (Reader text = Files.newBufferedReader(FILES.resolve(file))) {
            return new FeatureServiceImpl().readFeature(text);
        }
    }

    private static Set<String> notOfThisSystem() {
        return System.getProperty("os.name").startsWith("Windows")
                ? Set.of()
                : Set.of("io.passbridge.keystore.dpapi", "io.passbridge.eventlog");
    }

    private static String jar(ID id) {
        return id.getArtifactId() + "-" + id.getVersion() + ".jar";
    }

    private static String level(Path jar) {
        return jar.getParent().getFileName().toString().replace(".windows", "");
    }

    private static Map<String, Path> shipped() throws IOException {
        try (Stream<Path> files = Files.walk(BUNDLES)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .collect(Collectors.toMap(file -> file.getFileName().toString(), file -> file));
        }
    }
}
