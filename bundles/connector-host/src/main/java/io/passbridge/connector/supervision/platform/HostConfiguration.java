/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision.platform;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How patient the host is with connectors. */
@ObjectClassDefinition(
        name = "Passbridge connector host",
        description = "Time limits for calls to connectors.")
public @interface HostConfiguration {
    @AttributeDefinition(
            description =
                    "The longest a call to a connector may run, in seconds; then it is broken off."
                            + " Five minutes by default.")
    int callTimeoutSeconds() default 300;

    @AttributeDefinition(
            description =
                    "The longest a test of a connector may run, in seconds. One minute by default.")
    int testTimeoutSeconds() default 60;

    @AttributeDefinition(
            description =
                    "How long a running call may go on, in seconds, when its bundle or"
                            + " configuration goes away. Half a minute by default.")
    int drainSeconds() default 30;

    @AttributeDefinition(
            description =
                    "The longest that opening or closing a connector may take, in seconds. Ten"
                            + " seconds by default.")
    int closeTimeoutSeconds() default 10;
}
