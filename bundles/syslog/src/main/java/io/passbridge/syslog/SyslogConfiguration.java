/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.syslog;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Where the journal is forwarded to. */
@ObjectClassDefinition(
        name = "Syslog",
        description = "Forwards the event journal to a syslog receiver (RFC 5424).")
@interface SyslogConfiguration {
    @AttributeDefinition(name = "Host", description = "The receiver's name or address.")
    String host();

    @AttributeDefinition(
            name = "Port",
            description = "The receiver's TCP port, 1 to 65535; 6514 if it is not given.",
            min = "1",
            max = "65535",
            required = false)
    int port() default 6514;

    @AttributeDefinition(
            name = "TLS",
            description =
                    "true: over TLS (RFC 5425), the receiver's certificate is checked; false: over"
                            + " plain TCP (RFC 6587), readable by everybody on the way.",
            required = false)
    boolean tls() default true;

    @AttributeDefinition(
            name = "CA file",
            description =
                    "A PEM file of the authorities that the receiver's certificate may come from;"
                            + " empty for those that Java knows.",
            required = false)
    String caFile() default "";

    @AttributeDefinition(
            name = "Facility",
            description = "The syslog facility, 0 to 23; 13 (log audit) if it is not given.",
            min = "0",
            max = "23",
            required = false)
    int facility() default 13;

    @AttributeDefinition(
            name = "Severity",
            description = "Only events of this severity or worse: information, warning or error.",
            options = {
                @Option(label = "information", value = "information"),
                @Option(label = "warning", value = "warning"),
                @Option(label = "error", value = "error")
            },
            required = false)
    String severity() default "information";
}
