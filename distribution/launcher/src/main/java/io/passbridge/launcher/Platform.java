/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/**
 * The framework with the bundles of the distribution, each started at the level that its folder
 * below {@code bundles} names. Bundles run from where they lie and the framework's own storage is
 * new at each start: what is installed is what is in the folders, whatever happened before.
 */
public final class Platform implements AutoCloseable {
    /** Everything but the console. */
    static final int READY = 60;

    /** Key set, store and what they need; no connector, no cycle. */
    static final int KEYS = 30;

    private static final int CONSOLE = 70;

    private final Home home;
    private final DataLock lock;
    private final Framework framework;

    private Platform(Home home, DataLock lock, Framework framework) {
        this.home = home;
        this.lock = lock;
        this.framework = framework;
    }

    /** Takes the lock and starts everything but the console. */
    public static Platform start(Home home, boolean interactive)
            throws LaunchException, IOException, InterruptedException {
        return start(home, READY, interactive);
    }

    /**
     * Takes the lock and starts everything up to a level; the commands are there in any case.
     *
     * @param level {@link #READY} or {@link #KEYS}
     * @param interactive whether the console will be opened
     */
    static Platform start(Home home, int level, boolean interactive)
            throws LaunchException, IOException, InterruptedException {
        home.create();
        DataLock lock = DataLock.take(home.data());
        try {
            Files.deleteIfExists(ready(home));
            Map<String, String> properties =
                    new FrameworkProperties(home).toMap(level, interactive);
            // the configuration of the log knows system properties only
            System.setProperty("passbridge.data", home.data().toString());
            Framework framework = new FrameworkFactory().newFramework(properties);
            // threads of the framework inherit it, so it is set before there are any
            Thread.currentThread()
                    .setContextClassLoader(
                            new TerminalClassLoader(Platform.class.getClassLoader(), framework));
            framework.init();
            Platform platform = new Platform(home, lock, framework);
            platform.install(level);
            framework.start();
            platform.raiseTo(level);
            Files.createFile(ready(home));
            return platform;
        } catch (BundleException e) {
            lock.close();
            throw LaunchException.failed("the framework does not start: " + e.getMessage(), e);
        }
    }

    /** The file that is there while a platform accepts commands. */
    static Path ready(Home home) {
        return home.data().resolve("run").resolve("ready");
    }

    private void install(int level) throws IOException, BundleException {
        BundleContext context = framework.getBundleContext();
        Map<Bundle, Integer> installed = new LinkedHashMap<>();
        for (LevelFolder folder : LevelFolder.ofThisSystem(home.root().resolve("bundles"))) {
            int at = folder.level();
            boolean commands = at == READY;
            if (at <= level || commands || at == CONSOLE && level == READY) {
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

    /** Starts the shell in this terminal. */
    public void openConsole() throws InterruptedException {
        raiseTo(CONSOLE);
    }

    /** Whether it is not stopped and not stopping. */
    boolean isRunning() {
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
