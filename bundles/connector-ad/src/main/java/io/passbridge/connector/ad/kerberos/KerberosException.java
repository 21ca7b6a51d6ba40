/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import java.io.IOException;

/** A Kerberos message is malformed or does not verify. */
public final class KerberosException extends IOException {
    private static final long serialVersionUID = 1L;

    public KerberosException(String message) {
        super(message);
    }

    public KerberosException(String message, Throwable cause) {
        super(message, cause);
    }
}
