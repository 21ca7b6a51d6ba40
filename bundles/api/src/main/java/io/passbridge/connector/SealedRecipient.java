/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector;

import io.passbridge.credential.Recipient;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A capability of targets that take source credentials, sealed for somebody behind the target: the
 * platform seals, the connector carries what it cannot open.
 */
@ConsumerType
public interface SealedRecipient {
    /**
     * Who opens what is sealed now; asked for each batch.
     *
     * @return the caller's to close
     * @throws ConnectorException of kind {@code CONFIGURATION} or {@code AUTHENTICATION} if the
     *     recipient's key or the pairing secret cannot be had
     */
    Recipient recipient() throws ConnectorException;
}
