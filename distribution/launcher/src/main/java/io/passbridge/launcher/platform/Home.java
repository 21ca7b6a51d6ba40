/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where a platform lives.
 *
 * @param root the unpacked distribution: bin, lib, bundles
 * @param etc configuration, one PID a file
 * @param deploy where connector bundles are dropped
 * @param data everything that is written
 */
public record Home(Path root, Path etc, Path deploy, Path data) {

    /** The distribution that this launcher is part of; folders as the environment says. */
    public static Home ofThisDistribution() throws LaunchException {
        String root = System.getProperty("passbridge.home");
        if (root == null) {
            throw LaunchException.usage("start Passbridge with the script bin/passbridge");
        }
        Path home = Path.of(root).toAbsolutePath().normalize();
        return new Home(
                home,
                folder("PASSBRIDGE_ETC", home.resolve("etc")),
                folder("PASSBRIDGE_DEPLOY", home.resolve("deploy")),
                folder("PASSBRIDGE_DATA", home.resolve("data")));
    }

    private static Path folder(String variable, Path otherwise) {
        return Optional.ofNullable(System.getenv(variable))
                .filter(value -> !value.isBlank())
                .map(value -> Path.of(value).toAbsolutePath().normalize())
                .orElse(otherwise);
    }

    /** The same distribution with other folders. */
    public Home with(Path otherEtc, Path otherDeploy, Path otherData) {
        return new Home(root, otherEtc, otherDeploy, otherData);
    }

    /** Makes the folders that are written to, for the owner alone. */
    public void create() throws IOException {
        Files.createDirectories(deploy);
        for (Path folder : new Path[] {data, log()}) {
            Files.createDirectories(folder);
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        }
    }

    /** A file of the configuration, or else the one that the distribution came with. */
    Path configured(String file) {
        Path own = etc.resolve(file);
        return Files.exists(own) ? own : root.resolve("etc").resolve(file);
    }

    /** Log files. */
    public Path log() {
        return data.resolve("log");
    }

    /** What this is the version of. */
    public String version() {
        String version = Home.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
