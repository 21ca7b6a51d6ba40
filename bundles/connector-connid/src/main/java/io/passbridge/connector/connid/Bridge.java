/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.connector.ConnectorFactory;
import io.passbridge.health.Finding;
import io.passbridge.health.Inspector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes connector types of the bundles whose manifest says that they are ConnId's, as long as they
 * run. The services are registered in their name, so that the platform sees whose they are.
 */
@Component(immediate = true, service = Inspector.class)
public final class Bridge implements BundleTrackerCustomizer<RunningBundle>, Inspector {
    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

    private final BundleContext context;
    private final BundleTracker<RunningBundle> tracker;
    private final Map<String, Finding> failed = new ConcurrentHashMap<>();

    @Activate
    public Bridge(BundleContext context) {
        this.context = context;
        FrameworkLog.install();
        tracker = new BundleTracker<>(context, Bundle.ACTIVE, this);
        tracker.open();
    }

    @Deactivate
    void close() {
        tracker.close();
    }

    @Override
    public RunningBundle addingBundle(Bundle bundle, BundleEvent event) {
        if (bundle.getHeaders("").get(ConnectorJar.NAME) == null) {
            return null;
        }
        try {
            RunningBundle running = RunningBundle.of(bundle, context);
            try {
                for (ConnectorFactory factory : running.factories()) {
                    running.add(
                            bundle.getBundleContext()
                                    .registerService(ConnectorFactory.class, factory, null));
                }
            } catch (IllegalStateException gone) {
                running.close();
                throw gone;
            }
            failed.remove(bundle.getSymbolicName());
            return running;
        } catch (IOException | RuntimeException | LinkageError e) {
            // no object of the bundle's classes stays behind
            String text = Failures.text(e);
            LOG.warn("ConnId bundle {} cannot be used: {}", bundle.getSymbolicName(), text);
            failed.put(
                    bundle.getSymbolicName(),
                    Finding.error(
                            bundle.getSymbolicName(),
                            "cannot be used: " + text,
                            "take a ConnId bundle with a connector for framework 1.x, built as"
                                    + " '-bundle.jar'"));
            return null;
        }
    }

    @Override
    public void modifiedBundle(Bundle bundle, BundleEvent event, RunningBundle running) {
        // what the bundle gives does not change while it runs
    }

    @Override
    public void removedBundle(Bundle bundle, BundleEvent event, RunningBundle running) {
        try {
            running.close();
        } catch (IOException e) {
            LOG.warn("{}: {}", bundle.getSymbolicName(), e.getMessage());
        }
    }

    @Override
    public String subject() {
        return "ConnId bundles";
    }

    @Override
    public List<Finding> inspect() {
        failed.keySet().removeIf(name -> !isThere(name));
        List<Finding> findings = new ArrayList<>(failed.values());
        tracker.getTracked()
                .forEach(
                        (bundle, running) ->
                                findings.add(
                                        Finding.ok(
                                                bundle.getSymbolicName(),
                                                running.types() + " can be configured")));
        return findings;
    }

    private boolean isThere(String name) {
        for (Bundle bundle : context.getBundles()) {
            if (name.equals(bundle.getSymbolicName())) {
                return true;
            }
        }
        return false;
    }
}
