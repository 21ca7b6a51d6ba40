/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision.session;

import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.supervision.ConfigurationCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A configuration that {@link ConfigurationCheck} found to be complete and of the right types.
 *
 * @param instance the instance's name
 * @param values parameter values with defaults applied: Integer, Boolean, Path, List or String
 */
public record InstanceConfiguration(String instance, Map<String, Object> values)
        implements ConnectorConfiguration {
    public InstanceConfiguration {
        values = Map.copyOf(values);
    }

    @Override
    public Optional<String> text(String parameter) {
        return Optional.ofNullable(values.get(parameter)).map(InstanceConfiguration::asText);
    }

    /** Every value as text, by parameter name. */
    public Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        values.forEach((parameter, value) -> texts.put(parameter, asText(value)));
        return texts;
    }

    private static String asText(Object value) {
        return value instanceof List<?> list
                ? String.join(",", list.stream().map(String::valueOf).toList())
                : value.toString();
    }

    @Override
    public int integer(String parameter) {
        if (values.get(parameter) instanceof Integer value) {
            return value;
        }
        throw new IllegalArgumentException(
                "connector " + instance + " has no integer parameter " + parameter);
    }

    @Override
    public boolean flag(String parameter) {
        return Boolean.TRUE.equals(values.get(parameter));
    }

    @Override
    public Optional<Path> path(String parameter) {
        return values.get(parameter) instanceof Path path ? Optional.of(path) : Optional.empty();
    }

    @Override
    public List<String> list(String parameter) {
        return values.get(parameter) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
