/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import io.passbridge.credential.Secret;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Capability: makes a new secret for the instance's own account at its system, for {@code
 * account:reset}.
 */
@ConsumerType
public interface AccountSecretReset {
    /**
     * Makes a new secret at the system, using the present one.
     *
     * @return the new secret, closed by the caller, who stores it sealed
     */
    Secret reset() throws ConnectorException;
}
