/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision.platform;

/** A part of the platform that a connector asked for is not there; the message has the remedy. */
public final class MissingServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingServiceException(String message) {
        super(message);
    }
}
