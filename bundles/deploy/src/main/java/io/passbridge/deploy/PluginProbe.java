/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.deploy;

import io.passbridge.connector.ConnectorFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.util.tracker.ServiceTracker;

/** Finds out whether a bundle that runs gives the platform what its manifest offers. */
final class PluginProbe {
    private static final String CAUSE = "Caused by: ";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final BundleContext context;
    private final ServiceComponentRuntime components;

    PluginProbe(BundleContext context, ServiceComponentRuntime components) {
        this.context = context;
        this.components = components;
    }

    /** What it fails to give, and why; empty if it gives everything. */
    Optional<String> failure(Bundle bundle, List<String> offers) throws InterruptedException {
        for (String type : offers) {
            Optional<String> failure = failure(bundle, type);
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    private Optional<String> failure(Bundle bundle, String type) throws InterruptedException {
        String name = type.substring(type.lastIndexOf('.') + 1);
        ServiceReference<?> reference = reference(bundle, type);
        if (reference == null) {
            return Optional.of("its " + name + " does not appear" + why(bundle));
        }
        try {
            Object service = context.getService(reference);
            if (service == null) {
                return Optional.of("its " + name + " does not start" + why(bundle));
            }
            if (service instanceof ConnectorFactory factory) {
                factory.descriptor();
            }
            return Optional.empty();
        } catch (RuntimeException | LinkageError e) {
            // an object of the plug-in's would keep its classes
            return Optional.of(
                    "its " + name + " fails: " + e.getClass().getName() + ": " + e.getMessage());
        } finally {
            context.ungetService(reference);
        }
    }

    private ServiceReference<?> reference(Bundle bundle, String type) throws InterruptedException {
        ServiceTracker<Object, ServiceReference<Object>> tracker =
                new ServiceTracker<>(context, filter(bundle, type), null) {
                    @Override
                    public ServiceReference<Object> addingService(
                            ServiceReference<Object> reference) {
                        return reference;
                    }

                    @Override
                    public void removedService(
                            ServiceReference<Object> reference, ServiceReference<Object> tracked) {
                        // nothing was taken
                    }
                };
        tracker.open();
        try {
            return tracker.waitForService(PATIENCE.toMillis());
        } finally {
            tracker.close();
        }
    }

    private static org.osgi.framework.Filter filter(Bundle bundle, String type) {
        try {
            return FrameworkUtil.createFilter(
                    "(&(%s=%s)(%s=%d))"
                            .formatted(
                                    Constants.OBJECTCLASS,
                                    type,
                                    Constants.SERVICE_BUNDLEID,
                                    bundle.getBundleId()));
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException("no interface has the name " + type, e);
        }
    }

    private String why(Bundle bundle) {
        return components.getComponentDescriptionDTOs(bundle).stream()
                .flatMap(c -> components.getComponentConfigurationDTOs(c).stream())
                .flatMap(state -> why(state).stream())
                .findFirst()
                .map(reason -> ": " + reason)
                .orElse("");
    }

    private static Optional<String> why(ComponentConfigurationDTO state) {
        if (state.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
            return deepest(state.failure);
        }
        return Arrays.stream(state.unsatisfiedReferences)
                .findFirst()
                .map(reference -> "it waits for the service " + reference.name);
    }

    /** Of a stack trace, what is furthest down: the others say that something failed. */
    private static Optional<String> deepest(String trace) {
        return trace.lines()
                .filter(line -> line.startsWith(CAUSE))
                .reduce((outer, inner) -> inner)
                .map(line -> line.substring(CAUSE.length()))
                .or(() -> trace.lines().findFirst());
    }
}
