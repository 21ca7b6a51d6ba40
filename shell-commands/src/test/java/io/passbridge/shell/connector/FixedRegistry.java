/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.connector;

import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorDescriptor.Type;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.connector.host.ConnectorStatus;
import io.passbridge.connector.host.ConnectorStatus.Phase;
import io.passbridge.health.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A registry with the instances a test gives it. */
public final class FixedRegistry implements ConnectorRegistry {
    public final Map<String, ConnectorStatus> statuses = new TreeMap<>();
    public final Map<String, List<Finding>> tests = new TreeMap<>();
    public final List<String> acts = new ArrayList<>();

    /** Adds an instance with capabilities. */
    public FixedRegistry with(String name, Phase phase, String... capabilities) {
        return with(name, "ldif", phase, capabilities);
    }

    /** Adds an instance of a type. */
    public FixedRegistry with(String name, String type, Phase phase, String... capabilities) {
        statuses.put(
                name,
                new ConnectorStatus(
                        name,
                        type,
                        phase,
                        "",
                        Instant.parse("2026-11-21T08:00:00Z"),
                        Set.of(capabilities),
                        "io.passbridge.connector.ldif 0.1.0",
                        12_000,
                        3,
                        0));
        return this;
    }

    @Override
    public List<ConnectorStatus> instances() {
        return List.copyOf(statuses.values());
    }

    @Override
    public Optional<ConnectorStatus> instance(String name) {
        return Optional.ofNullable(statuses.get(name));
    }

    @Override
    public List<ConnectorDescriptor> types() {
        return List.of(
                new ConnectorDescriptor(
                        "ad", "Active Directory", "io.passbridge.connector.ad", List.of(), true),
                new ConnectorDescriptor(
                        "ldif",
                        "LDIF file",
                        "io.passbridge.connector.ldif",
                        List.of(Parameter.required("file", Type.PATH, "Where the file is.")),
                        false));
    }

    @Override
    public Map<String, String> settings(String instance) {
        return Map.of("file", "/srv/people.ldif");
    }

    @Override
    public boolean has(String instance, Class<?> capability) {
        return statuses.get(instance).capabilities().contains(capability.getSimpleName());
    }

    @Override
    public <C, R> R call(String instance, Class<C> capability, Call<C, R> call)
            throws ConnectorException {
        throw new ConnectorException(ConnectorException.Kind.UNREACHABLE, "a command called it");
    }

    @Override
    public List<Finding> test(String instance) throws ConnectorException {
        acts.add("test " + instance);
        if (!tests.containsKey(instance)) {
            throw new ConnectorException(ConnectorException.Kind.UNREACHABLE, "it is not open");
        }
        return tests.get(instance);
    }

    @Override
    public void pause(String instance) {
        acts.add("pause " + instance);
    }

    @Override
    public void resume(String instance) {
        acts.add("resume " + instance);
    }
}
