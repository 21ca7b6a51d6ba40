/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.passphrase;

import io.passbridge.credential.Secret;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.Protector.Adoption;
import io.passbridge.keys.Protector.Readiness;

/** Where the service-account password is. */
interface PasswordPlace {
    /** Whether a password is there and can be used, without reading it into anything. */
    Readiness readiness();

    /** The password, which the caller closes. */
    Secret read() throws KeyException;

    /** Puts a new password there, atomically, or says who must. */
    Adoption write(Secret password) throws KeyException;

    /** Makes a random password if there is none. */
    void provision() throws KeyException;
}
