/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests;

import io.passbridge.itests.plugin.TableFactory;
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
    static final String SYMBOLIC_NAME = "io.passbridge.itests.table";
    private static final String COMPONENT = "OSGI-INF/table.xml";
    private static final String PACKAGE = "/io/passbridge/itests/plugin/";

    private PluginJars() {}

    /** A good connector bundle. */
    static void connector(Path jar, String version) throws IOException {
        write(jar, bundle(version));
    }

    /** A connector bundle that needs a package nobody exports. */
    static void unresolvable(Path jar) throws IOException {
        write(jar, bundle("9.0.0").setHeader("Import-Package", "com.example.missing,*"));
    }

    private static TinyBundle bundle(String version) throws IOException {
        TinyBundle bundle =
                TinyBundles.bundle()
                        .symbolicName(SYMBOLIC_NAME)
                        .setHeader("Bundle-Version", version)
                        .setHeader("Service-Component", COMPONENT)
                        .setHeader("-noextraheaders", "true")
                        .setHeader("-noimportjava", "true")
                        .addResource(COMPONENT, resource("/table-component.xml"));
        for (String name : List.of("TableFactory", "TableSource", "FileTarget", "Latency")) {
            String path = PACKAGE + name + ".class";
            bundle.addResource(path.substring(1), resource(path));
        }
        return bundle;
    }

    private static URL resource(String path) {
        return TableFactory.class.getResource(path);
    }

    private static void write(Path jar, TinyBundle bundle) throws IOException {
        Files.createDirectories(jar.getParent());
        try (InputStream in = bundle.build(TinyBundles.bndBuilder())) {
            Files.copy(in, jar, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
