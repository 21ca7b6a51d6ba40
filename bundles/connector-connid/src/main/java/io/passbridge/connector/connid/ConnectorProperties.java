/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.connid;

import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorDescriptor.Type;
import java.io.File;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.identityconnectors.common.security.GuardedString;
import org.identityconnectors.framework.api.APIConfiguration;
import org.identityconnectors.framework.api.ConfigurationProperties;
import org.identityconnectors.framework.api.ConfigurationProperty;
import org.identityconnectors.framework.impl.api.local.LocalConnectorInfoImpl;

/** The properties of one ConnId connector as parameters, and back. */
final class ConnectorProperties {
    /** Between the values of a property that takes several; commas are in distinguished names. */
    private static final String SEPARATOR = ";";

    /** What connectors call the name that they sign in with. */
    private static final List<String> ACCOUNT_NAMES =
            List.of("user", "principal", "username", "login");

    private static final Map<Class<?>, Function<String, Object>> READERS =
            Map.ofEntries(
                    Map.entry(String.class, text -> text),
                    Map.entry(String[].class, text -> values(text)),
                    Map.entry(int.class, Integer::valueOf),
                    Map.entry(Integer.class, Integer::valueOf),
                    Map.entry(long.class, Long::valueOf),
                    Map.entry(Long.class, Long::valueOf),
                    Map.entry(double.class, Double::valueOf),
                    Map.entry(Double.class, Double::valueOf),
                    Map.entry(boolean.class, Boolean::valueOf),
                    Map.entry(Boolean.class, Boolean::valueOf),
                    Map.entry(char.class, ConnectorProperties::character),
                    Map.entry(Character.class, ConnectorProperties::character),
                    Map.entry(File.class, File::new),
                    Map.entry(URI.class, URI::create));

    private final LocalConnectorInfoImpl connector;

    ConnectorProperties(LocalConnectorInfoImpl connector) {
        this.connector = connector;
    }

    private static String[] values(String text) {
        return Arrays.stream(text.split(SEPARATOR))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toArray(String[]::new);
    }

    private static Character character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException("is not one character");
        }
        return text.charAt(0);
    }

    /** Every property that a file may hold. */
    List<Parameter> parameters() {
        return properties().stream()
                .filter(property -> !property.isConfidential())
                .filter(property -> READERS.containsKey(property.getType()))
                .map(ConnectorProperties::parameter)
                .toList();
    }

    private List<ConfigurationProperty> properties() {
        return properties(connector.createDefaultAPIConfiguration());
    }

    private static List<ConfigurationProperty> properties(APIConfiguration configuration) {
        ConfigurationProperties all = configuration.getConfigurationProperties();
        return all.getPropertyNames().stream().map(all::getProperty).toList();
    }

    private static Parameter parameter(ConfigurationProperty property) {
        String defaultValue = text(property.getValue());
        return new Parameter(
                property.getName(),
                type(property.getType()),
                property.isRequired() && defaultValue.isEmpty(),
                defaultValue,
                description(property),
                io.passbridge.connector.AllowedValues.ANY);
    }

    private static Type type(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return Type.BOOLEAN;
        }
        if (type == int.class || type == Integer.class) {
            return Type.INTEGER;
        }
        return type == File.class ? Type.PATH : Type.TEXT;
    }

    private static String text(Object value) {
        if (value instanceof String[] several) {
            return String.join(SEPARATOR, several);
        }
        // no control character stands in a file
        return value == null || value.equals('\0') ? "" : value.toString();
    }

    private static String description(ConfigurationProperty property) {
        String help = property.getHelpMessage(property.getName()).strip();
        String text = help.isEmpty() ? property.getName() : help;
        String sentence = text.endsWith(".") ? text : text + ".";
        return property.getType() == String[].class
                ? sentence + " Several values are separated by '" + SEPARATOR + "'."
                : sentence;
    }

    /** The confidential properties that can be an account's secret, the required ones first. */
    List<String> secrets() {
        return properties().stream()
                .filter(property -> property.getType() == GuardedString.class)
                .sorted((a, b) -> Boolean.compare(b.isRequired(), a.isRequired()))
                .map(ConfigurationProperty::getName)
                .toList();
    }

    /** The property for the name under which an account signs in, if the connector has one. */
    Optional<String> accountName() {
        List<String> names = properties().stream().map(ConfigurationProperty::getName).toList();
        return ACCOUNT_NAMES.stream().filter(names::contains).findFirst();
    }

    /**
     * ConnId's configuration without a secret.
     *
     * @throws IllegalArgumentException if a value is not of its property's type; the message names
     *     the property
     */
    APIConfiguration configuration(ConnectorConfiguration given) {
        APIConfiguration configuration = connector.createDefaultAPIConfiguration();
        for (ConfigurationProperty property : properties(configuration)) {
            if (!property.isConfidential() && READERS.containsKey(property.getType())) {
                value(property, given).ifPresent(text -> set(property, text));
            }
        }
        return configuration;
    }

    private static Optional<String> value(
            ConfigurationProperty property, ConnectorConfiguration given) {
        String name = property.getName();
        return property.getType() == File.class
                ? given.path(name).map(Object::toString)
                : given.text(name).filter(text -> !text.equals(text(property.getValue())));
    }

    private static void set(ConfigurationProperty property, String text) {
        try {
            property.setValue(READERS.get(property.getType()).apply(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'"
                            + property.getName()
                            + "' is '"
                            + text
                            + "', which is no "
                            + property.getType().getSimpleName().toLowerCase(Locale.ROOT),
                    e);
        }
    }

    /** Names in a list, for messages. */
    static String words(List<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }
}
