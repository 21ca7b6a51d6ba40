/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.identityconnectors.framework.api.ConnectorKey;
import org.identityconnectors.framework.impl.api.local.LocalConnectorInfoImpl;
import org.identityconnectors.framework.impl.api.local.LocalConnectorInfoManagerImpl;
import org.identityconnectors.framework.spi.Connector;
import org.identityconnectors.framework.spi.ConnectorClass;

/**
 * A ConnId bundle whose classes are loaded: what ConnId's own manager of local connectors makes of
 * it, with a class loader that can be closed.
 */
final class ConnectorJar implements AutoCloseable {
    static final String NAME = "ConnectorBundle-Name";
    private static final String VERSION = "ConnectorBundle-Version";
    private static final String CLASS = ".class";

    private final ConnectorClasses classes;
    private final List<LocalConnectorInfoImpl> connectors;

    private ConnectorJar(ConnectorClasses classes, List<LocalConnectorInfoImpl> connectors) {
        this.classes = classes;
        this.connectors = connectors;
    }

    /**
     * Loads a bundle.
     *
     * @param jar stays where it is as long as this is open
     * @param folder takes the libraries of the bundle; exists
     * @throws IOException if it cannot be read or has no connector
     */
    static ConnectorJar open(Path jar, Path folder, ClassLoader parent) throws IOException {
        List<URL> urls = new ArrayList<>(List.of(jar.toUri().toURL()));
        Set<String> contents = new TreeSet<>();
        Attributes manifest;
        try (JarFile file = new JarFile(jar.toFile())) {
            manifest = file.getManifest().getMainAttributes();
            for (JarEntry entry : Collections.list(file.entries())) {
                contents.add(entry.getName());
                if (entry.getName().matches("lib/[^/]+\\.jar")) {
                    Path library = folder.resolve(urls.size() + ".jar");
                    try (InputStream in = file.getInputStream(entry)) {
                        Files.copy(in, library);
                    }
                    urls.add(library.toUri().toURL());
                }
            }
        }
        ConnectorClasses classes = new ConnectorClasses(urls.toArray(URL[]::new), parent);
        List<LocalConnectorInfoImpl> found = new ArrayList<>();
        try {
            for (String name : contents) {
                if (name.endsWith(CLASS) && !name.contains("$")) {
                    connector(name, classes)
                            .ifPresent(type -> found.add(info(type, manifest, contents)));
                }
            }
            if (found.isEmpty()) {
                throw new IOException("no class in it is a connector (@ConnectorClass)");
            }
            return new ConnectorJar(classes, List.copyOf(found));
        } catch (IOException | RuntimeException | LinkageError e) {
            classes.close();
            throw e;
        }
    }

    private static Optional<Class<? extends Connector>> connector(
            String entry, ClassLoader classes) {
        String name = entry.substring(0, entry.length() - CLASS.length()).replace('/', '.');
        try {
            Class<?> type = Class.forName(name, false, classes);
            boolean is =
                    Connector.class.isAssignableFrom(type)
                            && !Modifier.isAbstract(type.getModifiers())
                            && type.isAnnotationPresent(ConnectorClass.class);
            return is ? Optional.of(type.asSubclass(Connector.class)) : Optional.empty();
        } catch (ClassNotFoundException | LinkageError e) {
            // a class for a library that is not there: whoever needs it will say so
            return Optional.empty();
        }
    }

    private static LocalConnectorInfoImpl info(
            Class<? extends Connector> type, Attributes manifest, Set<String> contents) {
        ConnectorClass declared = type.getAnnotation(ConnectorClass.class);
        LocalConnectorInfoImpl info = new LocalConnectorInfoImpl();
        info.setConnectorClass(type);
        info.setConnectorConfigurationClass(declared.configurationClass());
        info.setConnectorDisplayNameKey(declared.displayNameKey());
        info.setConnectorCategoryKey(declared.categoryKey());
        info.setConnectorKey(
                new ConnectorKey(
                        manifest.getValue(NAME), manifest.getValue(VERSION), type.getName()));
        info.setMessages(
                LocalConnectorInfoManagerImpl.loadMessageCatalog(
                        contents, type.getClassLoader(), type));
        info.setDefaultAPIConfiguration(
                LocalConnectorInfoManagerImpl.createDefaultAPIConfiguration(info));
        return info;
    }

    List<LocalConnectorInfoImpl> connectors() {
        return connectors;
    }

    @Override
    public void close() throws IOException {
        classes.close();
    }
}
