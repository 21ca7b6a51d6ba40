/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.fips;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Properties;

/**
 * The jar that a module's classes come from. Bouncy Castle FIPS checks its own jar only where it
 * can see it as a file, and skips the check otherwise; so whether it can is looked at here, and the
 * checksum of what was published is compared besides.
 *
 * @param path the file, which exists
 * @param sha256 in hexadecimal digits
 */
record ModuleFile(Path path, String sha256) {
    /** The file of a class, which is not initialised by this. */
    static ModuleFile of(Class<?> type) throws IOException {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        Path path = path(location);
        if (path == null || !Files.isRegularFile(path)) {
            throw new IOException(
                    "its classes come from "
                            + location
                            + ", where it cannot check its own integrity; install bc-fips as"
                            + " reference:file:/PATH/bc-fips-VERSION.jar"
                            + besides(location));
        }
        return new ModuleFile(path, sha256(path));
    }

    /** Felix hides where a bundle is if Karaf's configuration says so. */
    static String besides(URL location) {
        return location != null && location.toString().startsWith("jar:bundle:")
                ? ", and in Karaf set felix.bundlecodesource.usecachedurls = false in"
                        + " etc/custom.properties"
                : "";
    }

    private static Path path(URL location) {
        try {
            return location == null || !"file".equals(location.getProtocol())
                    ? null
                    : Path.of(new URI(location.toString()));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return null;
        }
    }

    /** By the Java platform: the module is not to be used before its file has been looked at. */
    static String sha256(Path path) throws IOException {
        try (InputStream file = Files.newInputStream(path);
                DigestInputStream in =
                        new DigestInputStream(file, MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Refuses any other file than the one that was published in the given version. */
    void requirePublished(Published published) throws IOException {
        if (!sha256.equals(published.sha256())) {
            throw new IOException(
                    path
                            + " is not bc-fips "
                            + published.version()
                            + " as it was published: its SHA-256 is "
                            + sha256
                            + " instead of "
                            + published.sha256()
                            + "; put the file of the distribution back");
        }
    }

    /** What the build pinned. */
    record Published(String version, String sha256) {
        static Published read() {
            Properties properties = new Properties();
            try (InputStream in = ModuleFile.class.getResourceAsStream("module.properties")) {
                properties.load(in);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return new Published(
                    properties.getProperty("version"), properties.getProperty("sha256"));
        }
    }
}
