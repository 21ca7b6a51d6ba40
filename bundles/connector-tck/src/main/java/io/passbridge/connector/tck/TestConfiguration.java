/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A configuration as the platform would give it: the descriptor's defaults under the given values.
 * Refuses names that the descriptor does not declare and required parameters that are missing.
 */
public final class TestConfiguration implements ConnectorConfiguration {
    private final String instance;
    private final Path home;
    private final Map<String, String> values = new HashMap<>();

    /**
     * @param home relative paths are resolved against it
     * @param given parameter names and values
     */
    public TestConfiguration(
            String instance, ConnectorDescriptor descriptor, Path home, Map<String, String> given) {
        this.instance = instance;
        this.home = home;
        for (Parameter parameter : descriptor.parameters()) {
            if (!parameter.defaultValue().isEmpty()) {
                values.put(parameter.name(), parameter.defaultValue());
            }
        }
        for (Map.Entry<String, String> value : given.entrySet()) {
            Parameter parameter =
                    descriptor.parameters().stream()
                            .filter(declared -> declared.name().equals(value.getKey()))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "'"
                                                            + value.getKey()
                                                            + "' is not a parameter of "
                                                            + descriptor.type()));
            values.put(value.getKey(), parameter.allowed().canonical(value.getValue()));
        }
        for (Parameter parameter : descriptor.parameters()) {
            if (parameter.required() && !values.containsKey(parameter.name())) {
                throw new IllegalArgumentException("'" + parameter.name() + "' is required");
            }
        }
    }

    @Override
    public String instance() {
        return instance;
    }

    @Override
    public Optional<String> text(String parameter) {
        return Optional.ofNullable(values.get(parameter));
    }

    @Override
    public int integer(String parameter) {
        return Integer.parseInt(values.get(parameter));
    }

    @Override
    public boolean flag(String parameter) {
        return Boolean.parseBoolean(values.get(parameter));
    }

    @Override
    public Optional<Path> path(String parameter) {
        return text(parameter)
                .filter(text -> !text.isBlank())
                .map(home::resolve)
                .map(Path::toAbsolutePath);
    }

    @Override
    public List<String> list(String parameter) {
        return text(parameter).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
