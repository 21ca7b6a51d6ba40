/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/**
 * The framework with the bundles of the distribution, each started at the level that its folder
 * below {@code bundles} names. Bundles run from where they lie and the framework's own storage is
 * new at each start: what is installed is what is in the folders, whatever happened before.
 */
public final class Platform implements AutoCloseable {
    /** Everything. */
    public static final int READY = 60;

    /** Key set, store and what they need; no connector, no cycle. */
    public static final int KEYS = 30;

    /** The configuration has been read. */
    private static final int CONFIGURED = 15;

    private final Home home;
    private final DataLock lock;
    private final Framework framework;

    private Platform(Home home, DataLock lock, Framework framework) {
        this.home = home;
        this.lock = lock;
        this.framework = framework;
    }

    /** Takes the lock and starts everything. */
    public static Platform start(Home home)
            throws LaunchException, IOException, InterruptedException {
        return start(home, READY);
    }

    /**
     * Takes the lock and starts everything up to a level; the commands are there in any case.
     *
     * @param level {@link #READY} or {@link #KEYS}
     */
    public static Platform start(Home home, int level)
            throws LaunchException, IOException, InterruptedException {
        home.create();
        DataLock lock = DataLock.take(home.data());
        try {
            Files.deleteIfExists(ready(home));
            Map<String, String> properties = new FrameworkProperties(home).toMap(level);
            // the configuration of the log knows system properties only
            System.setProperty("passbridge.data", home.data().toString());
            Framework framework = new FrameworkFactory().newFramework(properties);
            framework.init();
            Platform platform = new Platform(home, lock, framework);
            platform.install(level);
            framework.start();
            platform.raiseTo(CONFIGURED);
            platform.heedObjections();
            platform.raiseTo(level);
            Files.createFile(ready(home));
            return platform;
        } catch (BundleException e) {
            lock.close();
            throw LaunchException.failed("the framework does not start: " + e.getMessage(), e);
        }
    }

    /** The file that is there while a platform accepts commands. */
    public static Path ready(Home home) {
        return home.data().resolve("run").resolve("ready");
    }

    private void install(int level) throws IOException, BundleException {
        BundleContext context = framework.getBundleContext();
        Map<Bundle, Integer> installed = new LinkedHashMap<>();
        for (LevelFolder folder : LevelFolder.ofThisSystem(home.root().resolve("bundles"))) {
            int at = folder.level();
            boolean commands = at == READY;
            if (at <= level || commands) {
                for (Path jar : folder.jars()) {
                    String location = "reference:" + jar.toUri().toASCIIString();
                    installed.put(context.installBundle(location), commands ? level : at);
                }
            }
        }
        for (Map.Entry<Bundle, Integer> entry : installed.entrySet()) {
            Bundle bundle = entry.getKey();
            bundle.adapt(BundleStartLevel.class).setStartLevel(entry.getValue());
            if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
            }
        }
    }

    /**
     * Whoever reads the configuration may object to a start in which defaults would take the place
     * of a file that cannot be used.
     */
    private void heedObjections() throws LaunchException, IOException, InterruptedException {
        BundleContext context = framework.getBundleContext();
        StringBuilder objections = new StringBuilder();
        try {
            for (ServiceReference<?> reference :
                    context.getServiceReferences(Supplier.class, "(passbridge.start=objection)")) {
                if (context.getService(reference) instanceof Supplier<?> objection) {
                    objections.append(objection.get());
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        if (!objections.isEmpty()) {
            close();
            throw LaunchException.failed(
                    "the platform does not start, because defaults would take the place of\n"
                            + objections);
        }
    }

    private void raiseTo(int level) throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        FrameworkListener listener =
                event -> {
                    if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED) {
                        reached.countDown();
                    }
                };
        framework.adapt(FrameworkStartLevel.class).setStartLevel(level, listener);
        reached.await();
    }

    /**
     * Begins to stop; whoever waits for the stop closes the platform.
     *
     * @throws LaunchException if the framework does not stop
     */
    public void stop() throws LaunchException {
        try {
            framework.stop();
        } catch (BundleException e) {
            throw LaunchException.failed("the framework does not stop: " + e.getMessage(), e);
        }
    }

    /** Whether it is not stopped and not stopping. */
    public boolean isRunning() {
        return framework.getState() == Bundle.ACTIVE;
    }

    /** Waits until somebody stops the platform. */
    public void awaitStop() throws InterruptedException {
        framework.waitForStop(0);
    }

    /** Stops everything, in reverse order, and releases the lock. */
    @Override
    public void close() throws LaunchException, IOException, InterruptedException {
        try {
            Files.deleteIfExists(ready(home));
            framework.stop();
            framework.waitForStop(0);
        } catch (BundleException e) {
            throw LaunchException.failed("the framework does not stop: " + e.getMessage(), e);
        } finally {
            lock.close();
        }
    }
}
