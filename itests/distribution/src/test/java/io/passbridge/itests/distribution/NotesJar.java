/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.distribution;

import io.passbridge.itests.distribution.plugin.BrokenFactory;
import io.passbridge.itests.distribution.plugin.NotesFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A connector's jar, good unless it is told otherwise. */
final class NotesJar {
    private static final String PACKAGE = "/io/passbridge/itests/distribution/plugin/";

    private final Map<String, String> headers = new LinkedHashMap<>();
    private String factory = NotesFactory.class.getName();

    private NotesJar(String name, String version) {
        with("Bundle-ManifestVersion", "2")
                .with("Bundle-SymbolicName", name)
                .with("Bundle-Version", version)
                .with("Service-Component", "OSGI-INF/notes.xml")
                .with(
                        "Import-Package",
                        "io.passbridge.connector;version=\"[1.0,2)\","
                                + "io.passbridge.health;version=\"[1.0,2)\"")
                .with(
                        "Provide-Capability",
                        "osgi.service;objectClass:List<String>="
                                + "\"io.passbridge.connector.ConnectorFactory\"");
    }

    static NotesJar of(String name, String version) {
        return new NotesJar(name, version);
    }

    NotesJar with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    NotesJar without(String header) {
        headers.remove(header);
        return this;
    }

    /** Its factory fails in its constructor. */
    NotesJar broken() {
        factory = BrokenFactory.class.getName();
        return this;
    }

    Path write(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach(attributes::putValue);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            put(out, "OSGI-INF/notes.xml", component().getBytes(StandardCharsets.UTF_8));
            for (String name : List.of("NotesFactory", "NotesConnector", "BrokenFactory")) {
                String path = PACKAGE + name + ".class";
                try (InputStream in = NotesJar.class.getResourceAsStream(path)) {
                    put(out, path.substring(1), in.readAllBytes());
                }
            }
        }
        return jar;
    }

    private static void put(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
        out.closeEntry();
    }

    private String component() {
        return """
        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="notes">
          <service><provide interface="io.passbridge.connector.ConnectorFactory"/></service>
          <implementation class="%s"/>
        </scr:component>
        """
                .formatted(factory);
    }
}
