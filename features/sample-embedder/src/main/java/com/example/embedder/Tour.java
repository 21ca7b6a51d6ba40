/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.embedder;

import io.passbridge.credential.Secret;
import io.passbridge.keys.KeyInfo;
import io.passbridge.keys.Unlocked;
import io.passbridge.store.RunHistory.Run;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Uses both, and says what came of it. Is there once the key set is open. */
@Component(property = "example=tour")
public final class Tour implements Callable<String> {
    private final Notebook notebook;
    private final StaffRoute route;
    private final Path people;

    @Activate
    public Tour(
            BundleContext context,
            @Reference Unlocked unlocked,
            @Reference Notebook notebook,
            @Reference StaffRoute route) {
        this.notebook = notebook;
        this.route = route;
        people = Path.of(context.getProperty("example.people"));
    }

    @Override
    public String call() throws Exception {
        try (Secret secret = Secret.copyOf("the door's code".getBytes(StandardCharsets.UTF_8))) {
            notebook.write("door", secret);
            KeyInfo key = notebook.renewKey();
            try (Secret read = notebook.read("door")) {
                String opened = read.sameAs(secret) ? "opens" : "does not open";
                route.configure(people);
                route.awaitRoute();
                Run run = route.run();
                return "under key %d the door's page still %s; the run ended as %s, %d are in step"
                        .formatted(key.id(), opened, run.result(), route.inStep());
            }
        }
    }
}
