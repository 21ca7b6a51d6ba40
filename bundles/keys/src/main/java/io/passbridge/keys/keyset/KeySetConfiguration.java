/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.keyset;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of the key set, PID {@code io.passbridge.keys}. */
@ObjectClassDefinition(
        name = "Passbridge key set",
        description = "Where the key set is and how it is protected at first.")
public @interface KeySetConfiguration {
    /** The PID. */
    String PID = "io.passbridge.keys";

    @AttributeDefinition(
            name = "Folder",
            description =
                    "Folder of the key-set file; empty for the folder 'keys' in the platform's"
                            + " data folder.")
    String folder() default "";

    @AttributeDefinition(
            name = "First protector",
            description =
                    "Name of the protector of the first key set of this server. Later,"
                            + " keys:protect changes it.")
    String protector() default "passphrase";

    @AttributeDefinition(
            name = "Export age (days)",
            description = "After so many days the health of the platform asks for a new export.")
    int exportAgeDays() default 365;

    @AttributeDefinition(
            name = "Drill age (days)",
            description =
                    "After so many days the health of the platform asks for a rehearsed restore.")
    int drillAgeDays() default 365;

    @AttributeDefinition(
            name = "Accept generation",
            description =
                    "Goes on with this generation of the key set although the store remembers a"
                            + " newer one that is lost for good; 0 for none.")
    long acceptGeneration() default 0;
}
