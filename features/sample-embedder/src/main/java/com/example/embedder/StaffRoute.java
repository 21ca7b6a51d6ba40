/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.embedder;

import io.passbridge.store.RunHistory.Run;
import io.passbridge.store.Standing;
import io.passbridge.sync.RunRequest;
import io.passbridge.sync.SyncException;
import io.passbridge.sync.Synchronization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A route from a file to the embedded directory, made in code instead of by files. */
@Component(service = StaffRoute.class)
public final class StaffRoute {
    private static final String NAME = "staff_cloud";

    private final ConfigurationAdmin configurations;
    private final Synchronization synchronization;

    @Activate
    public StaffRoute(
            @Reference ConfigurationAdmin configurations,
            @Reference Synchronization synchronization) {
        this.configurations = configurations;
        this.synchronization = synchronization;
    }

    /** The same PIDs, names and parameters as in files of etc/. */
    void configure(Path people) throws IOException {
        put("io.passbridge.connector.ldif", "staff", Map.of("path", people.toString()));
        put("io.passbridge.connector.directory", "cloud", Map.of("signInPort", "0"));
        put(
                "io.passbridge.route",
                NAME,
                Map.of(
                        "source", "staff",
                        "target", "cloud",
                        "passThrough", "*",
                        "accounts", "create"));
    }

    private void put(String factory, String name, Map<String, String> parameters)
            throws IOException {
        // "?": whichever bundle asks for it
        configurations
                .getFactoryConfiguration(factory, name, "?")
                .update(new Hashtable<>(parameters));
    }

    /** Waits until the engine has the route: configurations reach it a moment later. */
    void awaitRoute() throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (synchronization.route(NAME).isEmpty()) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("the scheduler does not know the route " + NAME);
            }
            Thread.sleep(20);
        }
    }

    /** Waits for the end of a run. */
    Run run() throws SyncException, InterruptedException {
        return synchronization.run(
                NAME, new RunRequest(false, false, "embedder"), progress -> {});
    }

    /** How many people have the password at the target that they have at the source. */
    long inStep() {
        return synchronization
                .route(NAME)
                .flatMap(status -> status.counts())
                .map(counts -> counts.of(Standing.IN_STEP))
                .orElse(0L);
    }
}
