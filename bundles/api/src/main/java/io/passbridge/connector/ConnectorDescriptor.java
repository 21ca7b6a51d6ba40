/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import io.passbridge.health.Finding;
import java.util.List;

/**
 * What a connector factory makes.
 *
 * @param type a short lower-case word: {@code ldif}, {@code ad}, {@code directory}
 * @param displayName for people
 * @param factoryPid the PID under which instances are configured; by convention {@code
 *     io.passbridge.connector.<type>}
 * @param parameters what an instance can be configured with
 * @param accountSecret whether an instance signs in to its system with a secret that {@code
 *     account:set} asks for
 */
public record ConnectorDescriptor(
        String type,
        String displayName,
        String factoryPid,
        List<Parameter> parameters,
        boolean accountSecret) {
    public ConnectorDescriptor {
        parameters = List.copyOf(parameters);
    }

    /** The type of a parameter's value. */
    public enum Type {
        TEXT,
        INTEGER,
        BOOLEAN,
        /** A path; relative ones are resolved against the platform's home folder. */
        PATH,
        /** A list of texts, separated by commas in a configuration file. */
        LIST
    }

    /**
     * One configuration parameter. Secrets are not parameters.
     *
     * @param name in camel case, with the unit at its end where there is one
     * @param type of the value
     * @param required whether an instance must set it
     * @param defaultValue the text that stands for an absent value, or empty
     * @param description one sentence for people
     * @param allowed which values of the type it may have
     */
    public record Parameter(
            String name,
            Type type,
            boolean required,
            String defaultValue,
            String description,
            AllowedValues allowed) {
        public static Parameter required(String name, Type type, String description) {
            return new Parameter(name, type, true, "", description, AllowedValues.ANY);
        }

        public static Parameter optional(
                String name, Type type, String defaultValue, String description) {
            return new Parameter(name, type, false, defaultValue, description, AllowedValues.ANY);
        }

        /** The same, with a limit to its values. */
        public Parameter with(AllowedValues values) {
            return new Parameter(name, type, required, defaultValue, description, values);
        }

        /** The same, a number with both limits among its values. */
        public Parameter within(int least, int most) {
            return with(new AllowedValues.Range(least, most));
        }

        /** The same, one of some texts in any case; of a list, each value. */
        public Parameter oneOf(String... texts) {
            return with(new AllowedValues.Texts(List.of(texts)));
        }

        /** The same, a file that the platform may read. */
        public Parameter readable() {
            return with(new AllowedValues.Readable());
        }

        /** What is wrong with the value that it has in a configuration. */
        public List<Finding> faults(ConnectorConfiguration configuration) {
            return allowed.faults(this, configuration);
        }
    }
}
