/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.deploy;

import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import io.passbridge.plugin.DroppedJar;
import io.passbridge.plugin.DroppedJar.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * One file of the deploy folder and the bundle that runs for it. What runs is a copy: the last one
 * that has started is kept until another one has. Changed by one thread at a time; the status may
 * be read by any.
 */
final class Slot {
    private final String file;
    private final Path kept;
    private final Path aside;
    private final Plugins plugins;
    private final News news;

    /** The bundle in the framework, or null. */
    private Bundle bundle;

    /** The copy that is kept, or null. */
    private PluginJar good;

    /** The copy that is being tried, or null. */
    private PluginJar trial;

    private volatile DroppedJar status;

    /**
     * @param file the file as an administrator knows it
     * @param kept where its copy is kept
     */
    Slot(String file, Path kept, Plugins plugins, News news) {
        this.file = file;
        this.kept = kept;
        this.aside = kept.resolveSibling(kept.getFileName() + ".new");
        this.plugins = plugins;
        this.news = news;
        status = new DroppedJar(file, State.STARTING, "", "", "");
    }

    DroppedJar status() {
        return status;
    }

    /** After a start of the platform: what ran before it runs again. */
    void restore(Signers signers) throws InterruptedException, IOException {
        try {
            PluginJar jar = PluginJar.read(kept, signers);
            plugins.admit(jar, null);
            bundle = plugins.put(file, null, jar);
            good = jar;
            status(State.STARTING, "", "");
            plugins.start(bundle, jar);
        } catch (Refusal | BundleException e) {
            news.record(
                    EventType.PLUGIN_REFUSED,
                    file,
                    Map.of(Fact.REASON, "its former version " + e.getMessage()));
            Files.deleteIfExists(kept);
        }
    }

    /** A file was dropped, or replaced. */
    void take(Path dropped, Path signers) throws InterruptedException {
        try {
            Files.copy(dropped, aside, StandardCopyOption.REPLACE_EXISTING);
            PluginJar jar = PluginJar.read(aside, Signers.of(signers));
            if (good != null && Files.mismatch(aside, kept) < 0) {
                Files.delete(aside);
                runAgain();
                return;
            }
            refuseDowngrade(jar);
            plugins.admit(jar, bundle);
            trial = jar;
            tryOut();
        } catch (Refusal e) {
            refuse(e.getMessage(), e.remedy());
        } catch (IOException e) {
            refuse("cannot be copied: " + e, "let the service account read it, and copy it again");
        } catch (IllegalArgumentException e) {
            refuse("has a manifest that is not valid: " + e.getMessage(), "build it with bnd");
        }
    }

    private void refuseDowngrade(PluginJar jar) throws Refusal {
        if (good != null
                && good.name().equals(jar.name())
                && jar.version().compareTo(good.version()) < 0) {
            throw new Refusal(
                    "is " + jar.bundle() + ", older than " + good.version(),
                    "to go back on purpose, remove the file, then put the older one there");
        }
    }

    private void refuse(String text, String remedy) throws InterruptedException {
        if (good == null) {
            uninstall();
        }
        trial = null;
        String whole = good == null ? text : text + "; " + good.bundle() + " goes on running";
        status(State.REFUSED, whole, remedy);
        news.record(
                EventType.PLUGIN_REFUSED, file, Map.of(Fact.REASON, whole, Fact.REMEDY, remedy));
    }

    private void tryOut() throws InterruptedException, IOException {
        try {
            bundle = plugins.put(file, bundle, trial);
            conclude(plugins.start(bundle, trial));
        } catch (BundleException e) {
            conclude(Optional.of("cannot be installed: " + e.getMessage()));
        }
    }

    private void conclude(Optional<String> failure) throws InterruptedException, IOException {
        if (failure.isPresent()) {
            failed(trial.bundle() + " " + failure.get());
        } else if (plugins.started()) {
            Files.move(
                    aside,
                    kept,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
            good = trial.at(kept);
            trial = null;
            status(State.RUNS, "", "");
        } else {
            status(State.STARTING, "", "");
        }
    }

    private void failed(String text) throws InterruptedException {
        if (good == null) {
            if (status.state() != State.FAILED) {
                news.record(EventType.PLUGIN_REFUSED, file, Map.of(Fact.REASON, text));
            }
            status(
                    State.FAILED,
                    text,
                    "mend what it says, or take a version that fits this platform");
            return;
        }
        trial = null;
        String back = good.bundle() + " runs again";
        State state = State.RETURNED;
        try {
            bundle = plugins.put(file, bundle, good);
            Optional<String> failure = plugins.start(bundle, good);
            if (failure.isPresent()) {
                back = good.bundle() + ", which ran before it, " + failure.get();
                state = State.FAILED;
            }
        } catch (BundleException | IOException e) {
            back = good.bundle() + ", which ran before it, cannot be put back: " + e.getMessage();
            state = State.FAILED;
        }
        status(state, text + "; " + back, "put a mended version there, or the former one");
        news.record(EventType.PLUGIN_RETURNED, file, Map.of(Fact.REASON, text + "; " + back));
    }

    /** Looks again after what does not run: the platform got further, or another plug-in came. */
    void settle() throws InterruptedException {
        State state = status.state();
        if (bundle == null || state != State.STARTING && state != State.FAILED) {
            return;
        }
        try {
            if (trial != null) {
                conclude(plugins.start(bundle, trial));
            } else if (good != null) {
                runAgain();
            }
        } catch (IOException e) {
            status(State.FAILED, "cannot be kept: " + e, "make room in data/");
        }
    }

    private void runAgain() throws InterruptedException {
        Optional<String> failure = plugins.start(bundle, good);
        if (failure.isPresent()) {
            status(
                    State.FAILED,
                    good.bundle() + " " + failure.get(),
                    "mend what it says, or take a version that fits this platform");
        } else {
            status(plugins.started() ? State.RUNS : State.STARTING, "", "");
        }
    }

    /** The file is gone. */
    void remove() throws InterruptedException, IOException {
        uninstall();
        Files.deleteIfExists(aside);
        Files.deleteIfExists(kept);
    }

    private void uninstall() throws InterruptedException {
        if (bundle != null) {
            try {
                plugins.remove(bundle);
            } catch (BundleException e) {
                news.record(
                        EventType.PLUGIN_REFUSED,
                        file,
                        Map.of(Fact.REASON, "cannot be removed: " + e.getMessage()));
            }
            bundle = null;
        }
    }

    private void status(State state, String text, String remedy) {
        PluginJar shown = good != null ? good : state == State.STARTING ? trial : null;
        status = new DroppedJar(file, state, shown == null ? "" : shown.bundle(), text, remedy);
    }
}
