/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.route;

import io.passbridge.configuration.NearMatch;
import io.passbridge.health.Finding;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a configuration says of a route's parameters, with the defaults of {@link
 * RouteConfiguration}, and what in it is no parameter or not of its type. Declarative Services
 * would ignore the former and give the route up for the latter.
 */
final class RouteValues {
    private static final List<String> OURS =
            List.of(".", "service.", "felix.fileinstall.", "component.", "osgi.", ":configurator:");

    private final Map<String, Object> values = new HashMap<>();
    private final List<Finding> faults = new ArrayList<>();

    RouteValues(Map<String, ?> properties) {
        Map<String, Method> parameters = new TreeMap<>();
        for (Method parameter : RouteConfiguration.class.getDeclaredMethods()) {
            parameters.put(parameter.getName(), parameter);
            values.put(parameter.getName(), parameter.getDefaultValue());
        }
        new TreeMap<>(properties)
                .forEach(
                        (name, value) -> {
                            if (parameters.containsKey(name)) {
                                take(name, parameters.get(name).getReturnType(), value);
                            } else if (!isOurs(name)) {
                                unknown(name, parameters.keySet());
                            }
                        });
    }

    private static boolean isOurs(String name) {
        return OURS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::startsWith);
    }

    private void take(String name, Class<?> type, Object value) {
        if (type == String[].class) {
            values.put(name, several(value).toArray(String[]::new));
        } else if (type == int.class) {
            try {
                values.put(name, Integer.valueOf(String.valueOf(value).strip()));
            } catch (NumberFormatException e) {
                faults.add(
                        Finding.error(
                                name,
                                "is '" + value + "', which is no whole number",
                                "set " + name + " to a whole number"));
            }
        } else if (type == boolean.class) {
            String text = String.valueOf(value).strip();
            if (text.equals("true") || text.equals("false")) {
                values.put(name, Boolean.valueOf(text));
            } else {
                faults.add(
                        Finding.error(
                                name,
                                "is '" + value + "', which is neither true nor false",
                                "set " + name + " to true or false"));
            }
        } else {
            values.put(name, String.valueOf(value));
        }
    }

    private static Stream<String> several(Object value) {
        if (value instanceof Object[] array) {
            return Arrays.stream(array).map(String::valueOf);
        }
        return value instanceof Collection<?> collection
                ? collection.stream().map(String::valueOf)
                : Stream.of(String.valueOf(value));
    }

    private void unknown(String name, Collection<String> known) {
        faults.add(
                Finding.error(
                        name,
                        "is not a parameter of a route",
                        NearMatch.of(name, known)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("there are " + String.join(", ", known))));
    }

    RouteConfiguration configuration() {
        return (RouteConfiguration)
                Proxy.newProxyInstance(
                        RouteConfiguration.class.getClassLoader(),
                        new Class<?>[] {RouteConfiguration.class},
                        (self, parameter, arguments) -> values.get(parameter.getName()));
    }

    List<Finding> faults() {
        return List.copyOf(faults);
    }
}
