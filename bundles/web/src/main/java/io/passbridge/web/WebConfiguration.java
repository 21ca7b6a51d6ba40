/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.web;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where the platform answers over HTTP. */
@ObjectClassDefinition(
        name = "Web",
        description = "Metrics and health over HTTP. Without this file nothing listens.")
@interface WebConfiguration {
    @AttributeDefinition(
            name = "Port",
            description = "The TCP port, 1 to 65535.",
            min = "1",
            max = "65535")
    int port();

    @AttributeDefinition(
            name = "Host",
            description =
                    "An address of this machine that nobody else reaches: 127.0.0.1 if it is not"
                            + " given, or ::1. Any other is refused, since the port has neither"
                            + " TLS nor a sign-in.",
            required = false)
    String host() default "127.0.0.1";

    @AttributeDefinition(
            name = "Names",
            description =
                    "Names beside localhost and the loopback addresses under which it is asked, as"
                            + " a proxy on this machine hands them on; separated by commas. Whoever"
                            + " asks for another one is refused.",
            required = false)
    String names() default "";
}
