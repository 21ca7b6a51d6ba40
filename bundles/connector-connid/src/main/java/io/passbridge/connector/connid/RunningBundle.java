/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.connector.ConnectorFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/**
 * A ConnId bundle in the framework: its classes, and the services that stand for its connectors.
 */
final class RunningBundle implements AutoCloseable {
    private final Path folder;
    private final ConnectorJar jar;
    private final List<ConnectorFactory> factories;
    private final List<ServiceRegistration<ConnectorFactory>> registrations = new ArrayList<>();

    private RunningBundle(Path folder, ConnectorJar jar) {
        this.folder = folder;
        this.jar = jar;
        factories = jar.connectors().stream().<ConnectorFactory>map(ConnIdFactory::new).toList();
    }

    /**
     * Unpacks a bundle into the bridge's own storage and loads it: the framework gives the content
     * of a bundle, but not a jar of it.
     */
    static RunningBundle of(Bundle bundle, BundleContext bridge) throws IOException {
        Path storage = bridge.getDataFile("").toPath();
        Path folder = Files.createTempDirectory(storage, bundle.getBundleId() + "-");
        try {
            Path copy = folder.resolve("0.jar");
            copy(bundle, copy);
            ConnectorJar jar =
                    ConnectorJar.open(
                            copy, folder, new ParentClasses(name -> driver(bridge, name)));
            try {
                return new RunningBundle(folder, jar);
            } catch (RuntimeException | LinkageError e) {
                jar.close();
                throw e;
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            delete(folder);
            throw e;
        }
    }

    private static void copy(Bundle bundle, Path copy) throws IOException {
        try (OutputStream file = Files.newOutputStream(copy);
                JarOutputStream out = new JarOutputStream(file)) {
            for (URL entry : Collections.list(bundle.findEntries("/", "*", true))) {
                String name = entry.getPath().substring(1);
                out.putNextEntry(new JarEntry(name));
                if (!name.endsWith("/")) {
                    try (InputStream in = entry.openStream()) {
                        in.transferTo(out);
                    }
                }
                out.closeEntry();
            }
        }
    }

    /** Of the bundles that offer a database driver to everybody. */
    private static Class<?> driver(BundleContext bridge, String name) {
        try {
            ServiceReference<?>[] drivers =
                    bridge.getAllServiceReferences("org.osgi.service.jdbc.DataSourceFactory", null);
            for (ServiceReference<?> driver :
                    drivers == null ? new ServiceReference<?>[0] : drivers) {
                Bundle owner = driver.getBundle();
                // its own classes, and none that it imports
                String path = name.replace('.', '/') + ".class";
                if (owner != null && owner.getEntry(path) != null) {
                    return owner.loadClass(name);
                }
            }
            return null;
        } catch (ClassNotFoundException | org.osgi.framework.InvalidSyntaxException e) {
            return null;
        }
    }

    List<ConnectorFactory> factories() {
        return factories;
    }

    void add(ServiceRegistration<ConnectorFactory> registration) {
        registrations.add(registration);
    }

    String types() {
        return factories.stream()
                .map(factory -> factory.descriptor().type())
                .collect(Collectors.joining(", "));
    }

    @Override
    public void close() throws IOException {
        for (ServiceRegistration<ConnectorFactory> registration : registrations) {
            try {
                registration.unregister();
            } catch (IllegalStateException gone) {
                // the framework was faster
            }
        }
        jar.close();
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
