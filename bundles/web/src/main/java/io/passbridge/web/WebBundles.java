/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bundles that are in the framework only while the web server is: they lie in a folder of which
 * the launcher installs nothing.
 */
final class WebBundles {
    private static final Logger LOG = LoggerFactory.getLogger(WebBundles.class);
    private static final long PATIENCE_SECONDS = 10;

    private final BundleContext context;
    private final List<Bundle> present = new ArrayList<>();

    WebBundles(BundleContext context) {
        this.context = context;
    }

    /** Installs and starts them all, if they are not there. */
    void bring(Path folder) throws IOException, BundleException {
        if (!present.isEmpty()) {
            return;
        }
        for (Path jar : jars(folder)) {
            present.add(context.installBundle("reference:" + jar.toUri().toASCIIString()));
        }
        for (Bundle bundle : present) {
            bundle.start(Bundle.START_TRANSIENT);
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    /**
     * Stops and removes them. Whoever comes after must not be wired to what is left of them, so
     * that the framework is made to forget them, unless it ends anyway.
     */
    void remove() {
        Collections.reverse(present);
        for (Bundle bundle : present) {
            try {
                bundle.uninstall();
            } catch (BundleException | IllegalStateException e) {
                LOG.warn("{} does not go away: {}", bundle.getSymbolicName(), e.toString());
            }
        }
        Bundle framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
        if (!present.isEmpty() && framework.getState() == Bundle.ACTIVE) {
            forget(framework.adapt(FrameworkWiring.class));
        }
        present.clear();
    }

    private void forget(FrameworkWiring framework) {
        CountDownLatch forgotten = new CountDownLatch(1);
        framework.refreshBundles(present, event -> forgotten.countDown());
        try {
            if (!forgotten.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the framework still holds bundles of the web server");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
