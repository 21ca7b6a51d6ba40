/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;

/** A framework with the bundles of the build in it and a home folder of its own. */
final class Container {
    private final Path home;

    private Container(Path home) {
        this.home = home;
    }

    /** A home folder with nothing in it but empty folders. */
    static Container fresh(String name) throws IOException {
        Path home = Path.of(System.getProperty("itests.work")).resolve(name);
        if (Files.exists(home)) {
            try (Stream<Path> files = Files.walk(home)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        for (String folder : List.of("deploy", "etc", "data", "jars")) {
            Files.createDirectories(home.resolve(folder));
        }
        return new Container(home);
    }

    /** Puts the service-account password where the platform looks for it. */
    Container unlocked() throws IOException {
        Path file = home.resolve("etc/service-account.password");
        Files.writeString(file, "a password of the tests\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return this;
    }

    Path jars() {
        return home.resolve("jars");
    }

    Path etc() {
        return home.resolve("etc");
    }

    /** The framework with every bundle that the build copied for the tests. */
    Option options() throws IOException {
        return composite(
                cleanCaches(true),
                systemProperty("org.ops4j.pax.exam.service.timeout").value("30000"),
                systemProperty("org.ops4j.pax.logging.DefaultServiceLog.level").value("WARN"),
                systemProperty("org.bouncycastle.fips.approved_only").value("true"),
                systemProperty("itests.home").value(home.toString()),
                frameworkProperty("passbridge.home").value(home.toString()),
                frameworkProperty("passbridge.etc").value(home.resolve("etc").toString()),
                frameworkProperty("passbridge.data").value(home.resolve("data").toString()),
                frameworkProperty("passbridge.deploy").value(home.resolve("deploy").toString()),
                frameworkProperty("felix.fileinstall.dir")
                        .value(home.resolve("deploy") + "," + home.resolve("etc")),
                frameworkProperty("felix.fileinstall.poll").value("100"),
                frameworkProperty("felix.fileinstall.noInitialDelay").value("true"),
                frameworkProperty("felix.fileinstall.enableConfigSave").value("false"),
                frameworkProperty("felix.fileinstall.tmpdir")
                        .value(home.resolve("data/tmp").toString()),
                frameworkProperty("felix.fileinstall.log.level").value("1"),
                junitBundles(),
                composite(bundles()));
    }

    private static Option[] bundles() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of(System.getProperty("itests.container")))) {
            return jars.sorted().map(jar -> bundle(jar.toUri().toString())).toArray(Option[]::new);
        }
    }
}
