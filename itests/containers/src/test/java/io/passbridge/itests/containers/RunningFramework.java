/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.itests.containers;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.FrameworkWiring;

/** A framework in this process with some of the shipped bundles, as an embedder starts it. */
final class RunningFramework implements AutoCloseable {
    static final String FELIX = "org.apache.felix.framework.FrameworkFactory";

    private final Framework framework;
    private final URLClassLoader loader;

    private RunningFramework(Framework framework, URLClassLoader loader) {
        this.framework = framework;
        this.loader = loader;
    }

    /**
     * Installs and starts the bundles in the order in which they are given.
     *
     * @param jar of the framework
     * @param factory its class
     * @param home gets the folders {@code etc} and {@code data}
     */
    static RunningFramework start(Path jar, String factory, Path home, List<Path> bundles)
            throws Exception {
        Files.createDirectories(home.resolve("etc"));
        Files.createDirectories(home.resolve("data"));
        Map<String, String> properties = new HashMap<>();
        properties.put("passbridge.home", home.toString());
        properties.put("passbridge.etc", home.resolve("etc").toString());
        properties.put("passbridge.data", home.resolve("data").toString());
        properties.put("org.apache.felix.http.require.config", "true");
        properties.put("felix.fileinstall.dir", home.resolve("etc").toString());
        properties.put("felix.fileinstall.filter", ".*\\.cfg");
        properties.put("felix.fileinstall.poll", "500");
        properties.put("felix.fileinstall.enableConfigSave", "false");
        properties.put("org.ops4j.pax.logging.DefaultServiceLog.level", "WARN");
        properties.put("felix.fileinstall.tmpdir", home.resolve("data/tmp").toString());
        properties.put("org.osgi.framework.storage", home.resolve("storage").toString());
        URLClassLoader loader = loader(jar);
        Framework framework = make(loader, factory, properties);
        framework.start();
        List<Bundle> installed = new ArrayList<>();
        for (Path bundle : bundles) {
            installed.add(
                    framework.getBundleContext().installBundle("reference:" + bundle.toUri()));
        }
        for (Bundle bundle : installed) {
            if (bundle.getHeaders().get("Fragment-Host") == null) {
                bundle.start();
            }
        }
        return new RunningFramework(framework, loader);
    }

    /** What of these bundles does not resolve in Felix where nothing else is. */
    static List<String> unresolved(Path jar, Path storage, List<Path> bundles) throws Exception {
        try (URLClassLoader loader = loader(jar)) {
            Framework framework =
                    make(loader, FELIX, Map.of("org.osgi.framework.storage", storage.toString()));
            framework.init();
            try {
                for (Path bundle : bundles) {
                    framework.getBundleContext().installBundle("reference:" + bundle.toUri());
                }
                framework.adapt(FrameworkWiring.class).resolveBundles(null);
                return Stream.of(framework.getBundleContext().getBundles())
                        .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
                        .map(Bundle::getSymbolicName)
                        .toList();
            } finally {
                framework.stop();
                framework.waitForStop(30_000);
            }
        }
    }

    private static URLClassLoader loader(Path jar) throws IOException {
        return new URLClassLoader(
                new URL[] {jar.toUri().toURL()}, RunningFramework.class.getClassLoader());
    }

    private static Framework make(
            URLClassLoader loader, String factory, Map<String, String> properties)
            throws ReflectiveOperationException {
        return ((FrameworkFactory) loader.loadClass(factory).getDeclaredConstructor().newInstance())
                .newFramework(properties);
    }

    /**
     * All shipped bundles but those of other systems, and of the web server, in the order of their
     * start levels.
     */
    static List<Path> distribution() throws IOException {
        Path bundles = Path.of(System.getProperty("distribution"), "bundles").normalize();
        List<Path> jars = new ArrayList<>();
        try (Stream<Path> levels = Files.list(bundles)) {
            for (Path level :
                    levels.filter(l -> l.getFileName().toString().matches("[1-6]?\\d"))
                            .sorted(
                                    java.util.Comparator.comparingInt(
                                            l -> Integer.parseInt(l.getFileName().toString())))
                            .toList()) {
                try (Stream<Path> files = Files.list(level)) {
                    files.sorted().forEach(jars::add);
                }
            }
        }
        return jars;
    }

    /** Those of the shipped bundles whose file names begin so. */
    static List<Path> only(String... beginnings) throws IOException {
        return distribution().stream()
                .filter(
                        jar ->
                                Stream.of(beginnings)
                                        .anyMatch(jar.getFileName().toString()::startsWith))
                .toList();
    }

    /** A service of that interface, or null; of a class that this test does not see. */
    Object service(String type) {
        ServiceReference<?> reference = framework.getBundleContext().getServiceReference(type);
        return reference == null ? null : framework.getBundleContext().getService(reference);
    }

    /** A class as a bundle sees it. */
    Class<?> type(String bundle, String name) throws ClassNotFoundException {
        return Stream.of(framework.getBundleContext().getBundles())
                .filter(installed -> installed.getSymbolicName().equals(bundle))
                .findFirst()
                .orElseThrow()
                .loadClass(name);
    }

    /**
     * Registers a service of an interface that this test does not see.
     *
     * @param answers what its methods return, by their names
     * @return takes it away again
     */
    Runnable register(String type, Map<String, Object> answers) throws ClassNotFoundException {
        Class<?> seen = type("io.passbridge.api", type);
        Object service =
                Proxy.newProxyInstance(
                        seen.getClassLoader(),
                        new Class<?>[] {seen},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "equals" -> proxy == arguments[0];
                                    case "hashCode" -> System.identityHashCode(proxy);
                                    default -> answers.get(method.getName());
                                });
        return framework.getBundleContext().registerService(type, service, null)::unregister;
    }

    /** Runs a shell command and gives what it printed; also what a failed one did. */
    String command(String line) throws Exception {
        Object processor = service("org.apache.felix.service.command.CommandProcessor");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Object session =
                processor
                        .getClass()
                        .getMethod(
                                "createSession",
                                InputStream.class,
                                OutputStream.class,
                                OutputStream.class)
                        .invoke(processor, new ByteArrayInputStream(new byte[0]), out, out);
        try {
            session.getClass().getMethod("execute", CharSequence.class).invoke(session, line);
        } catch (InvocationTargetException e) {
            out.writeBytes(
                    String.valueOf(e.getCause().getMessage()).getBytes(StandardCharsets.UTF_8));
        } finally {
            session.getClass().getMethod("close").invoke(session);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws BundleException, InterruptedException, IOException {
        framework.stop();
        framework.waitForStop(30_000);
        loader.close();
    }
}
