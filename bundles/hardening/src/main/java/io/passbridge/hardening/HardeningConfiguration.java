/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hardening;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What the process does to keep its memory from others. */
@ObjectClassDefinition(
        name = "Passbridge process hardening",
        description =
                "Keys and passwords are in the memory of the process; this closes it to others.")
@interface HardeningConfiguration {
    String PID = "io.passbridge.hardening";

    @AttributeDefinition(
            name = "Close memory",
            description =
                    "Linux: no core dumps, and no other process of the same account may read this"
                            + " one's memory or debug it. Only root can. Takes effect at once;"
                            + " switching it off opens it again.",
            required = false)
    boolean closeMemory() default true;

    @AttributeDefinition(
            name = "Lock memory",
            description =
                    "Linux: memory is never written to swap. Needs LimitMEMLOCK=infinity in the"
                            + " unit. Not needed where swap is encrypted or absent.",
            required = false)
    boolean lockMemory() default false;
}
