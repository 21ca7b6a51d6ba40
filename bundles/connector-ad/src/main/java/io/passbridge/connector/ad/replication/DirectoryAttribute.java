/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.replication;

/**
 * The attributes that are ever asked for; there are no others. Of the secret ones {@code
 * unicodePwd} always, {@code supplementalCredentials} only where it is configured. Identified by
 * object identifier (MS-ADA1 to MS-ADA3), because attribute numbers are local to each reply.
 */
public enum DirectoryAttribute {
    OBJECT_CLASS("objectClass", "2.5.4.0"),
    IS_DELETED("isDeleted", "1.2.840.113556.1.2.48"),
    NAME("name", "1.2.840.113556.1.4.1"),
    USER_ACCOUNT_CONTROL("userAccountControl", "1.2.840.113556.1.4.8"),
    UNICODE_PWD("unicodePwd", "1.2.840.113556.1.4.90"),
    PWD_LAST_SET("pwdLastSet", "1.2.840.113556.1.4.96"),
    SUPPLEMENTAL_CREDENTIALS("supplementalCredentials", "1.2.840.113556.1.4.125"),
    OBJECT_SID("objectSid", "1.2.840.113556.1.4.146"),
    ACCOUNT_EXPIRES("accountExpires", "1.2.840.113556.1.4.159"),
    SAM_ACCOUNT_NAME("sAMAccountName", "1.2.840.113556.1.4.221"),
    USER_PRINCIPAL_NAME("userPrincipalName", "1.2.840.113556.1.4.656");

    private final String ldapName;
    private final String oid;

    DirectoryAttribute(String ldapName, String oid) {
        this.ldapName = ldapName;
        this.oid = oid;
    }

    /** Whether the values are secrets, which never are ordinary values of an object. */
    public boolean secret() {
        return this == UNICODE_PWD || this == SUPPLEMENTAL_CREDENTIALS;
    }

    /** The attribute's name in LDAP. */
    public String ldapName() {
        return ldapName;
    }

    /** The attribute's object identifier in dotted form. */
    public String oid() {
        return oid;
    }
}
