/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldif.user;

/** A value that should be a credential is none. The message contains nothing of the value. */
public final class UnusableCredentialException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableCredentialException(String reason) {
        super(reason, null, false, false);
    }
}
