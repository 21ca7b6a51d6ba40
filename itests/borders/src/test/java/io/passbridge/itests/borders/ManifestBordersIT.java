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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the manifests of the shipped bundles may say. */
class ManifestBordersIT {
    /** For tests, and carried inside the bundles that need it. */
    private static final Set<String> KITS =
            Set.of(
                    "io.passbridge.connector.tck",
                    "io.passbridge.files",
                    "io.passbridge.jdbc",
                    "io.passbridge.kerberos",
                    "io.passbridge.times",
                    "io.passbridge.tls",
                    "io.passbridge.unixsocket");

    private static final Set<String> FOR_CONNECTORS =
            Set.of("io.passbridge.connector", "io.passbridge.credential", "io.passbridge.health");
    private static final Set<String> WITH_BOUNCY_CASTLE =
            Set.of(
                    "io.passbridge.hash",
                    "io.passbridge.hash.fips",
                    "io.passbridge.keys",
                    "io.passbridge.keystore.passphrase");

    static List<ShippedBundle> bundles() {
        return ShippedBundle.all();
    }

    private static ShippedBundle api() {
        return bundles().stream()
                .filter(b -> b.name().equals(ShippedBundle.API))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyBundleButTheKits_ships() throws IOException {
        Path folder = Path.of(System.getProperty("distribution"), "../../../bundles");
        try (Stream<Path> modules = Files.list(folder.normalize())) {
            List<String> built =
                    modules.filter(m -> Files.exists(m.resolve("pom.xml")))
                            .map(
                                    m ->
                                            "io.passbridge."
                                                    + m.getFileName().toString().replace('-', '.'))
                            .filter(name -> !KITS.contains(name))
                            .toList();

            assertThat(bundles()).extracting(ShippedBundle::name).containsAll(built);
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void implementationBundle_exportsNothing(ShippedBundle bundle) {
        if (!bundle.name().equals(ShippedBundle.API)) {
            assertThat(bundle.exports()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void bundle_importsNoImplementation(ShippedBundle bundle) {
        assertThat(api().exports().keySet()).containsAll(bundle.ownImports());
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void connector_seesNeitherKeysNorStoreNorAnotherConnector(ShippedBundle bundle) {
        if (bundle.isConnector()) {
            assertThat(FOR_CONNECTORS).containsAll(bundle.ownImports());
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void keySet_knowsNeitherConnectorsNorScheduler(ShippedBundle bundle) {
        if (bundle.name().matches("io\\.passbridge\\.key.*")) {
            assertThat(bundle.ownImports())
                    .noneMatch(p -> p.matches("io\\.passbridge\\.(connector|sync).*"));
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void bouncyCastle_isImportedWhereAllowedOnly(ShippedBundle bundle) {
        if (!WITH_BOUNCY_CASTLE.contains(bundle.name())) {
            assertThat(bundle.imports()).noneMatch(p -> p.startsWith("org.bouncycastle"));
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void bundle_hasNoActivatorAndImportsNothingDynamically(ShippedBundle bundle) {
        assertThat(bundle.manifest().getValue("Bundle-Activator")).isNull();
        assertThat(bundle.manifest().getValue("DynamicImport-Package")).isNull();
        assertThat(bundle.manifest().getValue("Require-Bundle")).isNull();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void slf4j_isTakenOfBothLines(ShippedBundle bundle) {
        assertThat(bundle.importRanges())
                .allSatisfy(
                        (name, attributes) -> {
                            if (name.startsWith("org.slf4j")) {
                                assertThat(attributes.getVersion()).as(name).isEqualTo("[1.7,3)");
                            }
                        });
    }

    @Test
    void everyExportedPackage_hasAVersion() {
        assertThat(api().exports())
                .isNotEmpty()
                .allSatisfy(
                        (name, attributes) ->
                                assertThat(attributes.getVersion()).as(name).isNotNull());
    }
}
