/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.passphrase;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of the protector, PID {@code io.passbridge.keystore.passphrase}. */
@ObjectClassDefinition(
        name = "Passbridge passphrase protector",
        description = "Where the service-account password that protects the key set comes from.")
@interface PassphraseConfiguration {
    /** The PID. */
    String PID = "io.passbridge.keystore.passphrase";

    @AttributeDefinition(
            name = "Password file",
            description =
                    "File with the service-account password, mode 0600; empty for"
                            + " service-account.password in the platform's etc folder. A systemd"
                            + " credential named passbridge.service-account takes precedence.")
    String passwordFile() default "";
}
