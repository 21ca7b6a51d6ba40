/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.settings;

import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.health.Finding;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Checks of single parameters; each fault has its parameter as subject. */
final class Checks {
    static final int LONGEST_WAIT = 3600;

    private static final String NAME_FORM = "[A-Za-z][A-Za-z0-9.-]{0,99}";

    private Checks() {}

    static void oneOf(
            ConnectorConfiguration configuration,
            String parameter,
            Set<String> allowed,
            List<Finding> faults) {
        String value = CommonParameters.text(configuration, parameter);
        if (!allowed.contains(value.toLowerCase(Locale.ROOT))) {
            faults.add(
                    Finding.error(
                            parameter,
                            "'" + value + "' is not known",
                            "use one of " + String.join(", ", allowed.stream().sorted().toList())));
        }
    }

    static void attribute(String parameter, String name, List<Finding> faults) {
        if (!name.matches(NAME_FORM)) {
            faults.add(
                    Finding.error(
                            parameter,
                            "'" + name + "' is no name of the directory's schema",
                            "give a plain name such as uid"));
        }
    }

    static void within(
            ConnectorConfiguration configuration,
            String parameter,
            int least,
            int most,
            List<Finding> faults) {
        int value = configuration.integer(parameter);
        if (value < least || value > most) {
            faults.add(
                    Finding.error(
                            parameter,
                            "is " + value,
                            "choose a value from " + least + " to " + most));
        }
    }

    static void readable(
            ConnectorConfiguration configuration, String parameter, List<Finding> faults) {
        configuration
                .path(parameter)
                .filter(path -> !Files.isReadable(path))
                .ifPresent(
                        path ->
                                faults.add(
                                        Finding.error(
                                                parameter,
                                                path + " cannot be read",
                                                "name a file that the platform may read")));
    }
}
