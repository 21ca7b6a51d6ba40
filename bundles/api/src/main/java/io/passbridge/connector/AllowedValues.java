/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.health.Finding;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which values of its type a parameter may have. The platform checks them before the connector is
 * asked, so that a connector checks only what it alone knows. Immutable.
 */
public sealed interface AllowedValues {
    /** Whatever is of the type. */
    AllowedValues ANY = new Any();

    /**
     * What is wrong with the value that a parameter has; an absent one is not.
     *
     * @param parameter that these values are of
     */
    List<Finding> faults(Parameter parameter, ConnectorConfiguration configuration);

    /** In a few words behind a description, or empty. */
    String words();

    /** The spelling of a value that connectors see: of texts the one that is declared. */
    default String canonical(String text) {
        return text;
    }

    /** No limits. */
    record Any() implements AllowedValues {
        @Override
        public List<Finding> faults(Parameter parameter, ConnectorConfiguration configuration) {
            return List.of();
        }

        @Override
        public String words() {
            return "";
        }
    }

    /** Whole numbers, both ends among them. */
    record Range(int least, int most) implements AllowedValues {
        @Override
        public List<Finding> faults(Parameter parameter, ConnectorConfiguration configuration) {
            int value = configuration.integer(parameter.name());
            return least <= value && value <= most
                    ? List.of()
                    : List.of(
                            Finding.error(
                                    parameter.name(),
                                    "is " + value,
                                    "choose a value from " + words()));
        }

        @Override
        public String words() {
            return most == Integer.MAX_VALUE ? least + " or more" : least + " to " + most;
        }
    }

    /** Some texts, in any case; of a list, each value. */
    record Texts(List<String> texts) implements AllowedValues {
        public Texts {
            texts = List.copyOf(texts);
        }

        @Override
        public List<Finding> faults(Parameter parameter, ConnectorConfiguration configuration) {
            return AllowedValues.values(parameter, configuration)
                    .filter(value -> spelling(value).isEmpty())
                    .map(
                            value ->
                                    Finding.error(
                                            parameter.name(),
                                            "'" + value + "' is not known",
                                            "use one of " + words()))
                    .toList();
        }

        private Optional<String> spelling(String value) {
            return texts.stream().filter(value::equalsIgnoreCase).findFirst();
        }

        @Override
        public String canonical(String text) {
            return spelling(text).orElse(text);
        }

        @Override
        public String words() {
            return String.join(", ", texts);
        }
    }

    /**
     * Texts of a form; of a list, each value.
     *
     * @param regex of the whole text
     * @param remedy what to write instead
     */
    record Form(String regex, String remedy) implements AllowedValues {
        /** An attribute of a directory's schema. */
        public static final Form ATTRIBUTE =
                new Form("[A-Za-z][A-Za-z0-9.-]{0,99}", "give a plain attribute name such as uid");

        @Override
        public List<Finding> faults(Parameter parameter, ConnectorConfiguration configuration) {
            Pattern form = Pattern.compile(regex);
            return AllowedValues.values(parameter, configuration)
                    .filter(value -> !form.matcher(value).matches())
                    .map(
                            value ->
                                    Finding.error(
                                            parameter.name(),
                                            "'" + value + "' is not of the right form",
                                            remedy))
                    .toList();
        }

        @Override
        public String words() {
            return "";
        }
    }

    /** Files that the platform may read. */
    record Readable() implements AllowedValues {
        @Override
        public List<Finding> faults(Parameter parameter, ConnectorConfiguration configuration) {
            return configuration
                    .path(parameter.name())
                    .filter(path -> !Files.isReadable(path))
                    .map(
                            path ->
                                    Finding.error(
                                            parameter.name(),
                                            path + " cannot be read",
                                            "name a file that the platform may read"))
                    .stream()
                    .toList();
        }

        @Override
        public String words() {
            return "";
        }
    }

    private static Stream<String> values(
            Parameter parameter, ConnectorConfiguration configuration) {
        return parameter.type() == ConnectorDescriptor.Type.LIST
                ? configuration.list(parameter.name()).stream()
                : configuration.text(parameter.name()).filter(text -> !text.isBlank()).stream();
    }
}
