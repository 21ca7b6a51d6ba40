/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.eventlog;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What of the journal goes to the Windows event log. */
@ObjectClassDefinition(
        name = "Windows event log",
        description = "Forwards the event journal to the event log of this Windows machine.")
@interface EventLogConfiguration {
    @AttributeDefinition(
            name = "Source",
            description =
                    "The source under which events are reported. Directory Synchronization if not"
                            + " set, as monitors know it.",
            required = false)
    String source() default "Directory Synchronization";

    @AttributeDefinition(
            name = "Severity",
            description =
                    "Only events of this severity or worse: information, warning or error."
                            + " information if not set.",
            options = {
                @Option(label = "information", value = "information"),
                @Option(label = "warning", value = "warning"),
                @Option(label = "error", value = "error")
            },
            required = false)
    String severity() default "information";
}
