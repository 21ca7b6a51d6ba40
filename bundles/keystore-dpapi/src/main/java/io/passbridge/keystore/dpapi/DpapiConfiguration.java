/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.dpapi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The configuration of the protector, PID {@code io.passbridge.keystore.dpapi}. */
@ObjectClassDefinition(
        name = "Passbridge DPAPI protector",
        description = "How Windows protects the key set.")
@interface DpapiConfiguration {
    String PID = "io.passbridge.keystore.dpapi";

    @AttributeDefinition(
            name = "Scope",
            description =
                    "'user': only the Windows account that the platform runs as can open the key"
                            + " set. 'machine': every account of this machine that may read the"
                            + " key-set file can. Used when a key set is protected; one that is"
                            + " protected already opens in its own scope.",
            options = {
                @Option(label = "Account", value = "user"),
                @Option(label = "Machine", value = "machine")
            },
            required = false)
    String scope() default "user";
}
