/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.entry;

/** A user's password cannot be used; the message says why, without anything secret. */
public final class UnusablePasswordException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusablePasswordException(String reason) {
        super(reason);
    }
}
