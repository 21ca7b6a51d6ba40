/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory;

import io.passbridge.connector.ConnectorDescriptor.Parameter;
import io.passbridge.connector.ConnectorDescriptor.Type;

/** Parameters that both kinds of directory have. */
final class Parameters {
    static final String SIGN_IN_PORT = "signInPort";

    private Parameters() {}

    static Parameter signInPort() {
        return Parameter.optional(
                        SIGN_IN_PORT,
                        Type.INTEGER,
                        "0",
                        "The port on 127.0.0.1 where sign-ins are answered; 0 takes a free one,"
                                + " which connector:show and the file sign-in.url tell.")
                .within(0, 65_535);
    }
}
