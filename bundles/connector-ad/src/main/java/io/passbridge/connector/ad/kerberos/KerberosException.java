/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.kerberos;

import java.io.IOException;

/** A Kerberos message is malformed or does not verify. */
public final class KerberosException extends IOException {
    private static final long serialVersionUID = 1L;

    static final int SKEW = 37;
    private static final int NONE = -1;

    private final int code;

    public KerberosException(String message) {
        this(message, NONE);
    }

    /**
     * @param code the KRB-ERROR code that the peer answered with (RFC 4120 section 7.5.9)
     */
    public KerberosException(String message, int code) {
        super(message);
        this.code = code;
    }

    public KerberosException(String message, Throwable cause) {
        super(message, cause);
        this.code = NONE;
    }

    /** Whether the peer refused because the clocks differ too much (KRB_AP_ERR_SKEW). */
    public boolean clockSkew() {
        return code == SKEW;
    }
}
