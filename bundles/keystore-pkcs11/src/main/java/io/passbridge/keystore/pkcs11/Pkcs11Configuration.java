/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.pkcs11;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Which token protects the key set. Never a PIN. */
@ObjectClassDefinition(
        name = "Passbridge PKCS #11 protector",
        description =
                "The token (hardware security module, smart card, SoftHSM) whose key protects the"
                        + " key set. Without this configuration the protector is not there.")
@interface Pkcs11Configuration {
    String PID = "io.passbridge.keystore.pkcs11";

    @AttributeDefinition(
            name = "Library",
            description =
                    "Absolute path of the token vendor's PKCS #11 library, for example"
                            + " /usr/lib/softhsm/libsofthsm2.so.")
    String library();

    @AttributeDefinition(
            name = "Token label",
            description =
                    "Label of the token. Not needed if the library shows one token only, or if slot"
                            + " is given.",
            required = false)
    String tokenLabel() default "";

    @AttributeDefinition(
            name = "Slot",
            description =
                    "Id of the slot that holds the token, decimal or 0x…, instead of a label.",
            required = false)
    String slot() default "";

    @AttributeDefinition(
            name = "Key label",
            description =
                    "Label of the AES key on the token. It is made when the key set is first"
                            + " protected, unless it is there already.",
            required = false)
    String keyLabel() default "passbridge";

    @AttributeDefinition(
            name = "PIN file",
            description =
                    "File with the user PIN, mode 0600; empty for pkcs11.pin in the platform's etc"
                            + " folder. A systemd credential named passbridge.pkcs11-pin takes"
                            + " precedence. Without either, keys:unlock asks for the PIN.",
            required = false)
    String pinFile() default "";

    @AttributeDefinition(
            name = "Poll seconds",
            description = "How often to look whether the token came or went, 1 to 3600.",
            min = "1",
            max = "3600",
            required = false)
    int pollSeconds() default 10;
}
