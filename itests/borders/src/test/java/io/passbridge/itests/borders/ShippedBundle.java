/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.borders;

import aQute.bnd.header.OSGiHeader;
import aQute.bnd.header.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** A bundle of ours in the built distribution, as its manifest describes it. */
record ShippedBundle(Path jar, Attributes manifest) {
    private static final String OURS = "io.passbridge";
    static final String API = "io.passbridge.api";

    static List<ShippedBundle> all() {
        try (Stream<Path> files =
                Files.walk(Path.of(System.getProperty("distribution"), "bundles"))) {
            return files.filter(f -> f.getFileName().toString().startsWith(OURS))
                    .filter(f -> f.toString().endsWith(".jar"))
                    .map(ShippedBundle::read)
                    .sorted((a, b) -> a.name().compareTo(b.name()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ShippedBundle read(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return new ShippedBundle(jar, file.getManifest().getMainAttributes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return manifest.getValue("Bundle-SymbolicName");
    }

    Parameters exports() {
        return header("Export-Package");
    }

    Set<String> imports() {
        return new TreeSet<>(importRanges().keySet());
    }

    /** With the versions that are taken. */
    Parameters importRanges() {
        return header("Import-Package");
    }

    /** Imported packages that are ours. */
    Set<String> ownImports() {
        Set<String> own = imports();
        own.removeIf(name -> !name.startsWith(OURS + "."));
        return own;
    }

    boolean isConnector() {
        return name().startsWith("io.passbridge.connector.")
                && !name().equals("io.passbridge.connector.host");
    }

    private Parameters header(String name) {
        return OSGiHeader.parseHeader(manifest.getValue(name));
    }

    @Override
    public String toString() {
        return name();
    }
}
