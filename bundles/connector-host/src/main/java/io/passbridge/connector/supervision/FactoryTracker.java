/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorFactory;
import io.passbridge.connector.supervision.session.Candidate;
import io.passbridge.connector.supervision.session.PluginGuard;
import java.util.Collections;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;
import org.osgi.service.cm.ManagedServiceFactory;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the connector factories as their bundles come and go. A slot, once made, stays: its
 * configurations are the instances' identity, which outlives every bundle.
 */
final class FactoryTracker
        implements ServiceTrackerCustomizer<ConnectorFactory, Candidate>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FactoryTracker.class);

    private final BundleContext context;
    private final HostParts surroundings;
    private final Instances instances;
    private final ServiceTracker<ConnectorFactory, Candidate> tracker;
    private final Map<String, FactorySlot> slots = new ConcurrentHashMap<>();
    private final Map<String, ServiceRegistration<?>> registrations = new ConcurrentHashMap<>();

    FactoryTracker(BundleContext context, HostParts surroundings, Instances instances) {
        this.context = context;
        this.surroundings = surroundings;
        this.instances = instances;
        tracker = new ServiceTracker<>(context, ConnectorFactory.class, this);
    }

    void open() {
        tracker.open();
    }

    @Override
    public Candidate addingService(ServiceReference<ConnectorFactory> reference) {
        ConnectorFactory factory = context.getService(reference);
        if (factory == null) {
            return null;
        }
        Bundle bundle = reference.getBundle();
        try {
            ConnectorDescriptor descriptor = descriptor(factory, nameOf(bundle));
            Candidate candidate =
                    new Candidate(
                            factory,
                            descriptor,
                            bundle == null ? "?" : bundle.getSymbolicName(),
                            bundle == null ? Version.emptyVersion : bundle.getVersion(),
                            number(reference, Constants.SERVICE_RANKING).intValue(),
                            number(reference, Constants.SERVICE_ID).longValue());
            slot(descriptor.factoryPid()).offer(candidate);
            return candidate;
        } catch (ConnectorException e) {
            LOG.error("a connector cannot be used: {}", e.getMessage());
            context.ungetService(reference);
            return null;
        }
    }

    private static ConnectorDescriptor descriptor(ConnectorFactory factory, String bundle)
            throws ConnectorException {
        PluginGuard guard = new PluginGuard("factory", bundle, factory.getClass().getClassLoader());
        ConnectorDescriptor descriptor = guard.call(factory::descriptor);
        if (descriptor == null
                || descriptor.type().isBlank()
                || descriptor.factoryPid().isBlank()) {
            throw new ConnectorException(
                    ConnectorException.Kind.PLUGIN_FAULT,
                    "bundle " + bundle + " does not describe its connector: no type or no PID");
        }
        return descriptor;
    }

    private static Number number(ServiceReference<?> reference, String property) {
        return reference.getProperty(property) instanceof Number number ? number : 0;
    }

    private static String nameOf(Bundle bundle) {
        return bundle == null ? "?" : bundle.getSymbolicName() + " " + bundle.getVersion();
    }

    private FactorySlot slot(String factoryPid) {
        return slots.computeIfAbsent(
                factoryPid,
                pid -> {
                    FactorySlot slot = new FactorySlot(pid, surroundings, instances);
                    registrations.put(pid, register(slot));
                    return slot;
                });
    }

    private ServiceRegistration<?> register(FactorySlot slot) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Constants.SERVICE_PID, slot.factoryPid());
        return context.registerService(
                ManagedServiceFactory.class, new Configurations(slot), properties);
    }

    @Override
    public void modifiedService(ServiceReference<ConnectorFactory> reference, Candidate candidate) {
        LOG.debug("connector factory {} changed its properties", candidate.bundle());
    }

    @Override
    public void removedService(ServiceReference<ConnectorFactory> reference, Candidate candidate) {
        slot(candidate.descriptor().factoryPid()).withdraw(candidate);
        context.ungetService(reference);
    }

    /** What serves a factory PID now. */
    Optional<Candidate> candidate(String factoryPid) {
        return Optional.ofNullable(slots.get(factoryPid)).flatMap(FactorySlot::candidate);
    }

    List<ConnectorDescriptor> types() {
        return slots.values().stream()
                .flatMap(slot -> slot.descriptor().stream())
                .sorted(Comparator.comparing(ConnectorDescriptor::type))
                .toList();
    }

    /** Factory PIDs for which several bundles compete, and these bundles, the one in use first. */
    Map<String, List<String>> rivals() {
        return slots.values().stream()
                .filter(slot -> slot.bundles().size() > 1)
                .collect(Collectors.toMap(FactorySlot::factoryPid, FactorySlot::bundles));
    }

    @Override
    public void close() {
        registrations.values().forEach(ServiceRegistration::unregister);
        slots.values().forEach(FactorySlot::close);
        tracker.close();
    }

    /** Hands the configurations of a factory PID to its slot. */
    private record Configurations(FactorySlot slot) implements ManagedServiceFactory {
        @Override
        public String getName() {
            return "Passbridge connectors of " + slot.factoryPid();
        }

        @Override
        public void updated(String pid, Dictionary<String, ?> properties) {
            Map<String, Object> copy = new HashMap<>();
            for (String key : Collections.list(properties.keys())) {
                copy.put(key, properties.get(key));
            }
            slot.updated(pid, copy);
        }

        @Override
        public void deleted(String pid) {
            slot.deleted(pid);
        }
    }
}
