/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.credential.LegacyAlgorithm;
import io.passbridge.credential.LegacyPolicy;
import io.passbridge.credential.PasswordVerifier;
import io.passbridge.hash.module.PlatformCryptography;
import io.passbridge.hash.verify.UserPasswordVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The ConnId bundles that the build fetched, loaded as the bridge loads them. */
final class Dropped {
    private static final Path JARS = Path.of("target/connid");

    private static final LegacyPolicy POLICY =
            new LegacyPolicy() {
                @Override
                public boolean fipsEnforced() {
                    return false;
                }

                @Override
                public void use(LegacyAlgorithm algorithm, String purpose) {}

                @Override
                public List<LegacyUse> uses() {
                    return List.of();
                }
            };

    private Dropped() {}

    /**
     * @param name in its file name
     * @param folder of the test
     */
    static ConnectorJar open(String name, Path folder) throws IOException {
        FrameworkLog.install();
        return ConnectorJar.open(
                jar(name),
                Files.createTempDirectory(folder, "lib"),
                new ParentClasses(Dropped::driver));
    }

    static Path jar(String name) throws IOException {
        try (Stream<Path> jars = Files.list(JARS)) {
            return jars.filter(jar -> jar.getFileName().toString().contains(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Class<?> driver(String name) {
        try {
            return name.startsWith("org.h2.") ? Class.forName(name) : null;
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    static PasswordVerifier verifier() {
        return new UserPasswordVerifier(POLICY, new PlatformCryptography());
    }
}
