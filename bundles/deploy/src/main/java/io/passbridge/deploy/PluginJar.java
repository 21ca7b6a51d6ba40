/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * A jar that is whole and offers the platform something.
 *
 * @param path where it lies
 * @param name symbolic name
 * @param version of the bundle
 * @param offers interfaces of the platform that its manifest says it implements
 * @param imports packages of the platform that it needs
 * @param wrapped whether it becomes a bundle by a manifest of the platform's
 */
record PluginJar(
        Path path,
        String name,
        Version version,
        List<String> offers,
        List<Clause> imports,
        boolean wrapped) {
    private static final String OURS = "io.passbridge.";

    /** Never signed themselves: the manifest and the signatures. */
    static final Pattern SIGNATURES =
            Pattern.compile("(?i)META-INF/(MANIFEST\\.MF|[^/]+\\.(SF|RSA|DSA|EC)|SIG-[^/]+)");

    /**
     * Reads every byte of a jar.
     *
     * @throws Refusal if it is damaged, wrongly signed, or no plug-in
     */
    static PluginJar read(Path path, Signers signers) throws Refusal {
        Manifest manifest;
        try (JarFile jar = new JarFile(path.toFile(), true)) {
            manifest = jar.getManifest();
            for (JarEntry entry : Collections.list(jar.entries())) {
                readThrough(jar, entry);
                if (!entry.isDirectory() && !SIGNATURES.matcher(entry.getName()).matches()) {
                    CodeSigner[] found = entry.getCodeSigners();
                    signers.check(entry.getName(), found == null ? List.of() : List.of(found));
                }
            }
        } catch (SecurityException e) {
            throw new Refusal(
                    "was changed after it had been signed: " + e.getMessage(),
                    "get it again from where it comes from");
        } catch (IOException | IllegalArgumentException e) {
            throw new Refusal(
                    "cannot be read as a jar: " + e.getMessage(),
                    "copy it again, under another name first, and rename it when it is complete");
        }
        return of(path, manifest == null ? new Attributes() : manifest.getMainAttributes());
    }

    private static void readThrough(JarFile jar, JarEntry entry) throws IOException {
        CRC32 sum = new CRC32();
        try (InputStream in = new CheckedInputStream(jar.getInputStream(entry), sum)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        if (!entry.isDirectory() && entry.getCrc() >= 0 && entry.getCrc() != sum.getValue()) {
            throw new IOException(entry.getName() + " is damaged");
        }
    }

    private static PluginJar of(Path path, Attributes manifest) throws Refusal {
        if (ConnIdJar.is(manifest)) {
            return ConnIdJar.of(path, manifest);
        }
        List<Clause> names = Clause.of(manifest.getValue(Constants.BUNDLE_SYMBOLICNAME));
        if (names.isEmpty()) {
            throw new Refusal(
                    "is a jar, but no OSGi bundle: its manifest has no Bundle-SymbolicName",
                    "put the bundle there, not a plain library");
        }
        if (manifest.getValue(Constants.FRAGMENT_HOST) != null) {
            throw new Refusal(
                    "is a fragment, which would change another bundle",
                    "take a bundle that stands for itself");
        }
        List<String> offers =
                Clause.of(manifest.getValue(Constants.PROVIDE_CAPABILITY)).stream()
                        .filter(clause -> clause.name().equals("osgi.service"))
                        .map(clause -> clause.attributes().getOrDefault("objectClass", ""))
                        .flatMap(types -> Arrays.stream(types.split(",")))
                        .map(String::strip)
                        .filter(type -> type.startsWith(OURS))
                        .toList();
        if (offers.isEmpty()) {
            throw new Refusal(
                    "offers the platform nothing: its manifest provides no capability osgi.service"
                            + " of an interface of io.passbridge",
                    "if it is a library, put it inside the plug-in that needs it; if it is a"
                            + " plug-in, build it with bnd, which writes the capability");
        }
        List<Clause> imports =
                Clause.of(manifest.getValue(Constants.IMPORT_PACKAGE)).stream()
                        .filter(clause -> clause.name().startsWith(OURS))
                        .toList();
        for (String type : offers) {
            requireImport(type.substring(0, type.lastIndexOf('.')), type, imports);
        }
        return new PluginJar(path, names.get(0).name(), version(manifest), offers, imports, false);
    }

    private static void requireImport(String home, String type, List<Clause> imports)
            throws Refusal {
        if (imports.stream().noneMatch(clause -> clause.name().equals(home))) {
            throw new Refusal(
                    "offers " + type + ", but does not import " + home + " from the platform",
                    "leave io.passbridge.api out of the jar: Maven's scope 'provided'");
        }
    }

    private static Version version(Attributes manifest) throws Refusal {
        String version = manifest.getValue(Constants.BUNDLE_VERSION);
        try {
            return Version.parseVersion(version);
        } catch (IllegalArgumentException e) {
            throw new Refusal(
                    "has a Bundle-Version that is none: " + version,
                    "give it three numbers and a word: 1.2.3.word");
        }
    }

    /** What the framework gets; closed by the caller. */
    InputStream open() throws IOException {
        return wrapped ? ConnIdJar.wrap(this) : Files.newInputStream(path);
    }

    /** The same at another place. */
    PluginJar at(Path other) {
        return new PluginJar(other, name, version, offers, imports, wrapped);
    }

    /** Name and version. */
    String bundle() {
        return name + " " + version;
    }
}
