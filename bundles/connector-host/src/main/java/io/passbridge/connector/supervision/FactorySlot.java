/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.supervision.platform.EventRecorder;
import io.passbridge.connector.supervision.session.Candidate;
import io.passbridge.event.EventType;
import io.passbridge.event.Fact;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One factory PID: the bundles that offer to serve it, of which {@link #best} does, and the
 * instances that are configured under it. Changes come one after the other, each to its end: when
 * {@link #withdraw} returns, nothing of the bundle is in use.
 */
final class FactorySlot {
    private static final Logger LOG = LoggerFactory.getLogger(FactorySlot.class);

    private final String factoryPid;
    private final HostParts surroundings;
    private final Instances instances;
    private final TreeSet<Candidate> candidates = new TreeSet<>();
    private final Map<String, Instance> configured = new HashMap<>();
    private volatile List<String> bundles = List.of();
    private volatile ConnectorDescriptor descriptor;

    FactorySlot(String factoryPid, HostParts surroundings, Instances instances) {
        this.factoryPid = factoryPid;
        this.surroundings = surroundings;
        this.instances = instances;
    }

    String factoryPid() {
        return factoryPid;
    }

    /** Symbolic name and version of the bundles that offer to serve, the one that does first. */
    List<String> bundles() {
        return bundles;
    }

    /** What the bundle in use makes, if there is one. */
    Optional<ConnectorDescriptor> descriptor() {
        return Optional.ofNullable(descriptor);
    }

    /** The bundle in use, if there is one. */
    synchronized Optional<Candidate> candidate() {
        return best();
    }

    /** The first as the framework orders services, but of one bundle the newest version. */
    private Optional<Candidate> best() {
        return candidates.stream()
                .filter(candidate -> candidate.ranking() == candidates.first().ranking())
                .filter(candidate -> candidate.name().equals(candidates.first().name()))
                .max(
                        Comparator.comparing(Candidate::version)
                                .thenComparing(Comparator.reverseOrder()));
    }

    synchronized void offer(Candidate candidate) {
        candidates.add(candidate);
        report("added", candidate);
        serve("bundle " + candidate.bundle() + " was added");
    }

    synchronized void withdraw(Candidate candidate) {
        candidates.remove(candidate);
        serve("bundle " + candidate.bundle() + " is going away");
        report("removed", candidate);
    }

    private void serve(String reason) {
        Candidate first = best().orElse(null);
        bundles =
                Stream.concat(
                                best().stream(),
                                candidates.stream().filter(other -> !other.equals(first)))
                        .map(Candidate::bundle)
                        .toList();
        descriptor = first == null ? null : first.descriptor();
        for (Instance instance : configured.values()) {
            if (!instance.isServedBy(first)) {
                instance.serve(first, reason);
            }
        }
    }

    private void report(String change, Candidate candidate) {
        ConnectorDescriptor descriptor = candidate.descriptor();
        LOG.info("connector type {}: bundle {} {}", descriptor.type(), candidate.bundle(), change);
        if (!surroundings.platform().stopping()) {
            new EventRecorder(surroundings.platform(), "type " + descriptor.type())
                    .record(
                            EventType.CONNECTOR_SWAPPED,
                            Map.of(Fact.CHANGE, change, Fact.BUNDLE, candidate.bundle()));
        }
    }

    /** A configuration of the PID is new or has changed. */
    synchronized void updated(String pid, Map<String, Object> properties) {
        Instance known = configured.get(pid);
        if (known != null) {
            known.configure(properties);
            return;
        }
        Instance fresh = new Instance(nameOf(factoryPid, pid), pid, surroundings);
        configured.put(pid, fresh);
        instances.add(fresh);
        fresh.begin(properties, best().orElse(null));
    }

    synchronized void deleted(String pid) {
        Instance known = configured.remove(pid);
        if (known != null) {
            instances.remove(known);
        }
    }

    synchronized void close() {
        configured.values().forEach(instances::remove);
        configured.clear();
        candidates.clear();
    }

    /** File Install and embedders separate the name with a tilde, older ones with a dot. */
    static String nameOf(String factoryPid, String pid) {
        return pid.length() > factoryPid.length() && pid.startsWith(factoryPid)
                ? pid.substring(factoryPid.length() + 1)
                : pid;
    }
}
