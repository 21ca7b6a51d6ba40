/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.ops4j.pax.tinybundles.TinyBundle;
import org.ops4j.pax.tinybundles.TinyBundles;

/** Packs the test connector into jars of several versions. Runs outside the container. */
final class PluginJars {
    static final String CONNECTOR = "io.passbridge.itests.table";
    static final String SCHEME = "io.passbridge.itests.scheme";

    private PluginJars() {}

    /** A good connector bundle. */
    static void connector(Path jar, String version) throws IOException {
        write(jar, connector(version));
    }

    /** A connector bundle that needs a package nobody exports. */
    static void unresolvable(Path jar) throws IOException {
        write(jar, connector("9.0.0").setHeader("Import-Package", "com.example.missing,*"));
    }

    /** A bundle with a digest scheme. */
    static void scheme(Path jar, String version) throws IOException {
        TinyBundle bundle =
                bundle(SCHEME, version, "io.passbridge.hash.DigestScheme", "scheme-component.xml");
        add(bundle, "scheme", List.of("ConstantScheme"));
        write(jar, bundle);
    }

    private static TinyBundle connector(String version) throws IOException {
        TinyBundle bundle =
                bundle(
                        CONNECTOR,
                        version,
                        "io.passbridge.connector.ConnectorFactory",
                        "table-component.xml");
        add(bundle, "plugin", List.of("TableFactory", "TableSource", "FileTarget", "Latency"));
        return bundle;
    }

    private static TinyBundle bundle(String name, String version, String service, String component)
            throws IOException {
        return TinyBundles.bundle()
                .symbolicName(name)
                .setHeader("Bundle-Version", version)
                .setHeader("Provide-Capability", "osgi.service;objectClass=" + service)
                .setHeader("Service-Component", "OSGI-INF/" + component)
                .setHeader("-noimportjava", "true")
                .addResource("OSGI-INF/" + component, resource("/" + component));
    }

    private static void add(TinyBundle bundle, String folder, List<String> classes)
            throws IOException {
        for (String name : classes) {
            String path = "/io/passbridge/itests/" + folder + "/" + name + ".class";
            bundle.addResource(path.substring(1), resource(path));
        }
    }

    private static URL resource(String path) {
        return PluginJars.class.getResource(path);
    }

    private static void write(Path jar, TinyBundle bundle) throws IOException {
        Files.createDirectories(jar.getParent());
        try (InputStream in = bundle.build(TinyBundles.bndBuilder())) {
            Files.copy(in, jar, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
