/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.engine;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of the engine as a whole, {@code etc/io.passbridge.scheduler.cfg}. */
@ObjectClassDefinition(name = "Passbridge scheduler", description = "The synchronisation engine.")
@interface SchedulerConfiguration {
    String PID = "io.passbridge.scheduler";

    @AttributeDefinition(
            min = "4",
            max = "600",
            description =
                    "Seconds for which the writer's lease holds without renewal, 4 to 600: how long"
                            + " a second server waits for a dead first one. 30 if not set.")
    int leaseSeconds() default 30;

    @AttributeDefinition(
            min = "0",
            max = "1024",
            description =
                    "Threads that digest, at most 1024; 0 for one on each core. 0 if not set.")
    int digestThreads() default 0;
}
