/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.deploy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * A connector bundle of ConnId, which is no OSGi bundle: it gets a manifest that makes it one, and
 * needs the bridge. The bridge loads its classes; to the framework it has none.
 */
final class ConnIdJar {
    private static final String NAME = "ConnectorBundle-Name";
    private static final String VERSION = "ConnectorBundle-Version";
    private static final String FRAMEWORK = "ConnectorBundle-FrameworkVersion";
    private static final String FACTORY = "io.passbridge.connector.ConnectorFactory";
    private static final Pattern NUMBERS =
            Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,9}))?(?:\\.(\\d{1,9}))?(?:[.-](.+))?");

    private ConnIdJar() {}

    static boolean is(Attributes manifest) {
        return manifest.getValue(NAME) != null
                && manifest.getValue(Constants.BUNDLE_SYMBOLICNAME) == null;
    }

    static PluginJar of(Path path, Attributes manifest) throws Refusal {
        String framework = manifest.getValue(FRAMEWORK);
        if (framework == null || !framework.strip().startsWith("1.")) {
            throw new Refusal(
                    "is a ConnId bundle for version "
                            + framework
                            + " of ConnId's framework; the bridge has 1.x",
                    "take a build of it for ConnId 1.x");
        }
        return new PluginJar(
                path,
                manifest.getValue(NAME).strip(),
                version(manifest.getValue(VERSION)),
                List.of(FACTORY),
                List.of(),
                true);
    }

    /** As OSGi counts: three numbers and a word. */
    private static Version version(String text) throws Refusal {
        Matcher parts = NUMBERS.matcher(text == null ? "" : text.strip());
        if (!parts.matches()) {
            throw new Refusal(
                    "has a " + VERSION + " that is none: " + text, "give it numbers: 1.2.3");
        }
        String word = parts.group(4) == null ? "" : parts.group(4);
        return new Version(
                number(parts.group(1)),
                number(parts.group(2)),
                number(parts.group(3)),
                word.replaceAll("[^A-Za-z0-9_-]", "_"));
    }

    private static int number(String text) {
        return text == null ? 0 : Integer.parseInt(text);
    }

    /** The jar with the manifest; signatures were checked, and are not true of it any more. */
    static InputStream wrap(PluginJar jar) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarFile original = new JarFile(jar.path().toFile());
                JarOutputStream out = new JarOutputStream(bytes, manifest(jar, original))) {
            for (JarEntry entry : Collections.list(original.entries())) {
                if (!PluginJar.SIGNATURES.matcher(entry.getName()).matches()) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    try (InputStream in = original.getInputStream(entry)) {
                        in.transferTo(out);
                    }
                    out.closeEntry();
                }
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static Manifest manifest(PluginJar jar, JarFile original) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.putValue("Manifest-Version", "1.0");
        Attributes old = original.getManifest().getMainAttributes();
        for (String name : List.of(NAME, VERSION, FRAMEWORK)) {
            attributes.putValue(name, old.getValue(name));
        }
        attributes.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        attributes.putValue(Constants.BUNDLE_SYMBOLICNAME, jar.name());
        attributes.putValue(Constants.BUNDLE_VERSION, jar.version().toString());
        attributes.putValue(
                Constants.PROVIDE_CAPABILITY, "osgi.service;objectClass=\"" + FACTORY + "\"");
        attributes.putValue(
                Constants.REQUIRE_CAPABILITY,
                "osgi.extender;filter:=\"(osgi.extender=io.passbridge.connid)\"");
        return manifest;
    }
}
