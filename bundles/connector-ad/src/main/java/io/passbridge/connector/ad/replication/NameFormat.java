/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.replication;

/** How a directory name is written (MS-DRSR 4.1.4.1.3, DS_NAME_FORMAT). */
public enum NameFormat {
    UNKNOWN(0),
    /** {@code CN=Alice,OU=People,DC=corp,DC=example}. */
    DISTINGUISHED_NAME(1),
    /** {@code CORP\alice}. */
    NT4_ACCOUNT(2),
    /** {@code {4fa050f0-f561-11cf-bdd9-00aa003a77b6}}. */
    GUID(6),
    /** {@code corp.example/People/Alice}. */
    CANONICAL(7),
    /** {@code alice@corp.example}. */
    USER_PRINCIPAL(8),
    /** {@code ldap/dc1.corp.example}. */
    SERVICE_PRINCIPAL(10),
    /** {@code S-1-5-21-...}. */
    SID(11);

    private final int code;

    NameFormat(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }
}
