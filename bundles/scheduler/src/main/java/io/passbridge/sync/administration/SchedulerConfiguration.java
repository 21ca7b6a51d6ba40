/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.administration;

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
                    "Seconds for which this server's routes stay its own without renewal, 4 to"
                            + " 600: how long other servers wait for a dead one. 8 if not set.")
    int leaseSeconds() default 8;

    @AttributeDefinition(
            description =
                    "Whether this server takes routes only when no other server is there, in place"
                            + " of sharing them. false if not set.")
    boolean standby() default false;

    @AttributeDefinition(
            min = "0",
            max = "1024",
            description =
                    "Threads that digest, at most 1024; 0 for one on each core. 0 if not set.")
    int digestThreads() default 0;
}
