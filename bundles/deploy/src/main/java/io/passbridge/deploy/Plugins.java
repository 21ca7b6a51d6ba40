/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/** What is done to the framework for plug-ins. */
final class Plugins {
    private static final long REFRESH_SECONDS = 30;

    private final BundleContext context;
    private final PluginProbe probe;
    private final int level;

    /**
     * @param level at which plug-ins start
     */
    Plugins(BundleContext context, PluginProbe probe, int level) {
        this.context = context;
        this.probe = probe;
        this.level = level;
    }

    /** Whether the framework is far enough to start plug-ins. */
    boolean started() {
        return framework().adapt(FrameworkStartLevel.class).getStartLevel() >= level;
    }

    private Bundle framework() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    }

    /**
     * Puts a jar into the framework, in the place of the bundle that was there before, and has it
     * started as soon as the framework is far enough.
     *
     * @param location by which the framework knows it
     * @param bundle that was there before, or null
     */
    Bundle put(String location, Bundle bundle, PluginJar jar)
            throws BundleException, IOException, InterruptedException {
        Bundle put = bundle;
        try (InputStream in = jar.open()) {
            if (put == null) {
                put = context.installBundle(location, in);
                put.adapt(BundleStartLevel.class).setStartLevel(level);
            } else {
                put.update(in);
            }
        }
        refresh(put);
        return put;
    }

    /** Why a bundle does not do what its manifest offers; empty if it does, or not yet can. */
    Optional<String> start(Bundle bundle, PluginJar jar) throws InterruptedException {
        try {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        } catch (BundleException e) {
            List<String> missing = new MissingRequirements(context).of(bundle);
            if (bundle.getState() == Bundle.INSTALLED) {
                return Optional.of(
                        "cannot be resolved: "
                                + (missing.isEmpty()
                                        ? "what it needs is there, but does not fit together; the"
                                                + " log names the conflict"
                                        : "it needs " + String.join("; ", missing)));
            }
            return Optional.of("does not start: " + e.getMessage());
        }
        return started()
                ? probe.failure(bundle, jar.offers()).map(reason -> "does not work: " + reason)
                : Optional.empty();
    }

    void remove(Bundle bundle) throws BundleException, InterruptedException {
        bundle.uninstall();
        refresh(bundle);
    }

    /** Lets go of the classes that a bundle had before. */
    private void refresh(Bundle bundle) throws InterruptedException {
        FrameworkWiring wiring = framework().adapt(FrameworkWiring.class);
        if (wiring.getRemovalPendingBundles().contains(bundle)) {
            CountDownLatch refreshed = new CountDownLatch(1);
            wiring.refreshBundles(Set.of(bundle), event -> refreshed.countDown());
            refreshed.await(REFRESH_SECONDS, TimeUnit.SECONDS);
        }
    }

    /**
     * Refuses a jar that was built for another version of the platform, or is there already.
     *
     * @param own the bundle whose place it would take, or null
     */
    void admit(PluginJar jar, Bundle own) throws Refusal {
        for (Clause wanted : jar.imports()) {
            String range = wanted.attributes().getOrDefault("version", "0");
            List<Version> there = exported(wanted.name());
            if (!wanted.optional()
                    && there.stream().noneMatch(VersionRange.valueOf(range)::includes)) {
                throw new Refusal(
                        jar.bundle()
                                + " was built for "
                                + wanted.name()
                                + " "
                                + inWords(VersionRange.valueOf(range))
                                + ", which this platform has "
                                + (there.isEmpty() ? "not" : "in version " + there.get(0)),
                        "take a build of it that fits this platform");
            }
        }
        for (Bundle other : context.getBundles()) {
            if (!other.equals(own)
                    && jar.name().equals(other.getSymbolicName())
                    && jar.version().equals(other.getVersion())) {
                throw new Refusal(
                        "is " + jar.bundle() + ", which is there already: " + place(other),
                        "remove one of the two");
            }
        }
    }

    private List<Version> exported(String name) {
        return Arrays.stream(context.getBundles())
                .map(bundle -> bundle.adapt(BundleRevision.class))
                .filter(revision -> revision != null)
                .flatMap(
                        revision ->
                                revision
                                        .getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE)
                                        .stream())
                .map(capability -> capability.getAttributes())
                .filter(export -> name.equals(export.get(PackageNamespace.PACKAGE_NAMESPACE)))
                .map(export -> (Version) export.get(Constants.VERSION_ATTRIBUTE))
                .toList();
    }

    private static String inWords(VersionRange range) {
        return range.getRight() == null
                ? "from " + range.getLeft()
                : "from " + range.getLeft() + " below " + range.getRight();
    }

    private static String place(Bundle bundle) {
        String location = bundle.getLocation();
        // ours are named as the administrator knows them
        return location.contains(":")
                ? location.substring(location.lastIndexOf('/') + 1)
                : location;
    }
}
