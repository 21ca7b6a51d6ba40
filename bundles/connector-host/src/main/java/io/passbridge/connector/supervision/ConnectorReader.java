/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.configuration.ConfigurationReader;
import io.passbridge.configuration.NearMatch;
import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.supervision.session.Candidate;
import io.passbridge.connector.supervision.session.PluginGuard;
import io.passbridge.health.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Checks the configuration of a connector before it is put into force.
 *
 * @param home what relative paths are relative to
 */
record ConnectorReader(FactoryTracker factories, Path home) implements ConfigurationReader {
    private static final String PREFIX = "io.passbridge.connector.";

    @Override
    public boolean reads(String pid) {
        return pid.startsWith(PREFIX);
    }

    @Override
    public List<Finding> faults(String pid, String instance, Map<String, String> values) {
        return factories
                .candidate(pid)
                .map(candidate -> faults(candidate, instance, Map.copyOf(values)))
                .orElseGet(() -> List.of(unserved(pid.substring(PREFIX.length()))));
    }

    private List<Finding> faults(
            Candidate candidate, String instance, Map<String, Object> properties) {
        ConfigurationCheck check = new ConfigurationCheck(candidate.descriptor(), home, properties);
        if (!check.faults().isEmpty()) {
            return check.faults();
        }
        PluginGuard guard =
                new PluginGuard(
                        instance,
                        candidate.bundle(),
                        candidate.factory().getClass().getClassLoader());
        try {
            return guard.call(() -> candidate.factory().validate(check.configuration(instance)));
        } catch (ConnectorException e) {
            return List.of(
                    Finding.error("connector " + instance, e.getMessage(), "correct the file"));
        }
    }

    private Finding unserved(String type) {
        List<String> known = factories.types().stream().map(ConnectorDescriptor::type).toList();
        return Finding.error(
                "type",
                "no bundle serves connectors of type " + type,
                NearMatch.of(type, known)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("put its jar into deploy/; there are " + String.join(", ", known)));
    }
}
