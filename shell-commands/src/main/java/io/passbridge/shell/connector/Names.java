/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.shell.connector;

import io.passbridge.connector.host.ConnectorRegistry;
import io.passbridge.connector.host.ConnectorStatus;
import io.passbridge.shell.kit.Refused;
import java.util.List;

/** The names of connector instances. */
public final class Names {
    private Names() {}

    /** Every name there is, for completion. */
    public static List<String> of(ConnectorRegistry registry) {
        return registry.instances().stream().map(ConnectorStatus::name).toList();
    }

    /**
     * The instance of that name.
     *
     * @throws Refused naming those there are, if it is none of them
     */
    public static ConnectorStatus require(ConnectorRegistry registry, String name) throws Refused {
        return registry.instance(name)
                .orElseThrow(
                        () ->
                                new Refused(
                                        "there is no connector instance "
                                                + name
                                                + others(of(registry))));
    }

    private static String others(List<String> names) {
        return names.isEmpty()
                ? ", and none at all; put a file io.passbridge.connector.TYPE-NAME.cfg into etc/"
                        + " (connector:list --types names the types)"
                : "; there are: " + String.join(", ", names);
    }
}
