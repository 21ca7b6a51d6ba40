/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keystore.passphrase;

import io.passbridge.credential.Secret;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.KeyException.Kind;
import io.passbridge.keys.Protector.Adoption;
import io.passbridge.keys.Protector.Readiness;
import java.io.IOException;
import java.nio.file.Path;

/** A systemd credential: systemd guards the file, and only the operator can change it. */
record CredentialSource(Path file) implements PasswordPlace {
    /** The name of the credential. */
    static final String NAME = "passbridge.service-account";

    @Override
    public Readiness readiness() {
        return Readiness.yes("the service-account password is the systemd credential " + NAME);
    }

    @Override
    public Secret read() throws KeyException {
        try {
            return PasswordFile.content(file);
        } catch (IOException e) {
            throw new KeyException(
                    Kind.IO, "the systemd credential " + NAME + " cannot be read from " + file, e);
        }
    }

    @Override
    public Adoption write(Secret password) {
        return new Adoption(
                false,
                "the password comes from the systemd credential "
                        + NAME
                        + ": put the new one into the unit's credential (systemd-creds encrypt) and"
                        + " restart the platform; until then the old one unlocks too");
    }

    @Override
    public void provision() {
        // it is there, or this source would not have been chosen
    }
}
