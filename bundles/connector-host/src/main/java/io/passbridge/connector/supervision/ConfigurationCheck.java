/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision;

import io.passbridge.configuration.NearMatch;
import io.passbridge.connector.ConnectorDescriptor;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.supervision.session.InstanceConfiguration;
import io.passbridge.health.Finding;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Checks what an administrator wrote against what a connector takes, and collects every fault. */
public final class ConfigurationCheck {
    private final ConnectorDescriptor descriptor;
    private final Path home;
    private final List<Finding> faults = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    ConfigurationCheck(ConnectorDescriptor descriptor, Path home, Map<String, Object> properties) {
        this.descriptor = descriptor;
        this.home = home;
        for (Parameter parameter : descriptor.parameters()) {
            take(parameter, properties.get(parameter.name()));
        }
        properties.keySet().stream()
                .filter(name -> !isOurs(name) && !isKnown(name))
                .sorted()
                .forEach(this::unknown);
        InstanceConfiguration configuration = configuration("");
        descriptor.parameters().stream()
                .filter(parameter -> values.containsKey(parameter.name()))
                .forEach(parameter -> faults.addAll(parameter.faults(configuration)));
    }

    List<Finding> faults() {
        return List.copyOf(faults);
    }

    InstanceConfiguration configuration(String instance) {
        return new InstanceConfiguration(instance, values);
    }

    /** Properties that the framework or File Install adds to every configuration. */
    static boolean isOurs(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith(".")
                || Stream.of(
                                "service.",
                                "felix.fileinstall.",
                                "component.",
                                "osgi.",
                                ":configurator:")
                        .anyMatch(lower::startsWith);
    }

    private boolean isKnown(String name) {
        return descriptor.parameters().stream().anyMatch(p -> p.name().equals(name));
    }

    private void take(Parameter parameter, Object raw) {
        boolean absent = raw == null || raw instanceof String text && text.isBlank();
        if (absent && parameter.required()) {
            faults.add(
                    Finding.error(
                            parameter.name(), "is not set", "it is: " + parameter.description()));
        } else if (!absent) {
            convert(parameter, raw);
        } else if (!parameter.defaultValue().isEmpty()) {
            convert(parameter, parameter.defaultValue());
        }
    }

    private void convert(Parameter parameter, Object raw) {
        String text = raw.toString().trim();
        try {
            values.put(
                    parameter.name(),
                    switch (parameter.type()) {
                        case TEXT -> parameter.allowed().canonical(text);
                        case INTEGER -> Integer.valueOf(text);
                        case BOOLEAN -> bool(text);
                        case PATH -> home.resolve(Path.of(text)).normalize();
                        case LIST -> list(parameter, raw);
                    });
        } catch (NumberFormatException e) {
            fault(parameter, text, "a whole number");
        } catch (InvalidPathException e) {
            fault(parameter, text, "a path");
        } catch (IllegalArgumentException e) {
            fault(parameter, text, "true or false");
        }
    }

    private static Boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static List<String> list(Parameter parameter, Object raw) {
        Stream<String> items =
                raw instanceof Object[] array
                        ? Arrays.stream(array).map(String::valueOf)
                        : raw instanceof Collection<?> collection
                                ? collection.stream().map(String::valueOf)
                                : Arrays.stream(raw.toString().split(","));
        return items.map(String::trim)
                .filter(item -> !item.isEmpty())
                .map(parameter.allowed()::canonical)
                .toList();
    }

    private void fault(Parameter parameter, String text, String wanted) {
        faults.add(
                Finding.error(
                        parameter.name(),
                        "is '" + text + "', which is not " + wanted,
                        "set " + parameter.name() + " to " + wanted));
    }

    private void unknown(String name) {
        List<String> names = descriptor.parameters().stream().map(Parameter::name).toList();
        String remedy =
                NearMatch.of(name, names)
                        .map(near -> "did you mean " + near + "?")
                        .orElse(
                                "connector:list --type "
                                        + descriptor.type()
                                        + " shows those there are");
        faults.add(
                Finding.error(
                        name, "is not a parameter of connector type " + descriptor.type(), remedy));
    }
}
