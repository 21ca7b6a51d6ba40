/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import io.passbridge.connector.ConnectorConfiguration;
import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorDescriptor.Type;
import io.passbridge.health.Finding;
import java.util.List;

/** Parameters that both kinds of directory have. */
final class Parameters {
    static final String SIGN_IN_PORT = "signInPort";

    private static final int MAX_PORT = 65_535;

    private Parameters() {}

    static Parameter signInPort() {
        return Parameter.optional(
                SIGN_IN_PORT,
                Type.INTEGER,
                "0",
                "The port on 127.0.0.1 where sign-ins are answered; 0 takes a free one, which"
                        + " connector:show and the file sign-in.url tell.");
    }

    static List<Finding> validate(ConnectorConfiguration configuration) {
        int port = configuration.integer(SIGN_IN_PORT);
        return port >= 0 && port <= MAX_PORT
                ? List.of()
                : List.of(
                        Finding.error(
                                SIGN_IN_PORT,
                                "port " + port + " is not between 0 and " + MAX_PORT,
                                "set " + SIGN_IN_PORT + " to a port, or to 0 for a free one"));
    }
}
