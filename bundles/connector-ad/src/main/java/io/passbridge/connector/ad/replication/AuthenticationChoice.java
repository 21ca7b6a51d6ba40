/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.replication;

/** Which authentication protocols a session may use with a domain controller. */
public enum AuthenticationChoice {
    /**
     * Kerberos with AES only; the only choice that keeps the channel approved under a FIPS policy.
     */
    KERBEROS,
    /** Kerberos where a ticket can be had, NTLM version 2 where none can. */
    KERBEROS_OR_NTLM,
    /** NTLM version 2 only. */
    NTLM
}
