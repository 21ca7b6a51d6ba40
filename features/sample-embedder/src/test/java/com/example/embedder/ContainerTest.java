/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.embedder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.util.tracker.ServiceTracker;

/** A container with the bundles in it that the POM names, as an application would start one. */
class ContainerTest {
    @TempDir private Path home;

    @Test
    void tour() throws Exception {
        Path etc = Files.createDirectories(home.resolve("etc"));
        Framework framework =
                ServiceLoader.load(FrameworkFactory.class)
                        .findFirst()
                        .orElseThrow()
                        .newFramework(
                                Map.of(
                                        "passbridge.home", home.toString(),
                                        "passbridge.etc", etc.toString(),
                                        "passbridge.data", home.resolve("data").toString(),
                                        "felix.fileinstall.dir", etc.toString(),
                                        "felix.fileinstall.enableConfigSave", "false",
                                        "felix.fileinstall.tmpdir", home.resolve("tmp").toString(),
                                        "example.people",
                                                Path.of("src/test/resources/people.ldif")
                                                        .toAbsolutePath()
                                                        .toString(),
                                        "org.osgi.framework.storage",
                                                home.resolve("storage").toString()));
        framework.start();
        try {
            List<Bundle> bundles = new ArrayList<>();
            try (Stream<Path> jars = Files.list(Path.of("target/bundles"))) {
                for (Path bundle : Stream.concat(jars, Stream.of(Path.of("target/classes"))).toList()) {
                    bundles.add(
                            framework
                                    .getBundleContext()
                                    .installBundle("reference:" + bundle.toUri()));
                }
            }
            for (Bundle bundle : bundles) {
                bundle.start();
            }
            ServiceTracker<Callable<String>, Callable<String>> tour =
                    new ServiceTracker<>(
                            framework.getBundleContext(),
                            framework
                                    .getBundleContext()
                                    .createFilter("(&(objectClass=java.util.concurrent.Callable)(example=tour))"),
                            null);
            tour.open();
            assertEquals(
                    "under key 2 the door's page still opens; the run ended as SUCCESS, 3 are in step",
                    tour.waitForService(60_000).call());
        } finally {
            framework.stop();
            framework.waitForStop(30_000);
        }
    }
}
