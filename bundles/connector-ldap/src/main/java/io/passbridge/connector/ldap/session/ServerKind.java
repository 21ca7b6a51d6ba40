/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.session;

/** A make of directory server, as far as it makes a difference. */
public enum ServerKind {
    OPENLDAP("OpenLDAP", "entryUUID"),
    DIRECTORY_389("389 Directory Server", "nsUniqueId"),
    OTHER("an LDAP server", "entryUUID");

    private final String text;
    private final String anchor;

    ServerKind(String text, String anchor) {
        this.text = text;
        this.anchor = anchor;
    }

    /** The attribute that identifies an entry of such a server for ever. */
    public String anchor() {
        return anchor;
    }

    /**
     * Whether the end of a content synchronisation means what RFC 4533 says: without
     * refreshDeletes, whoever was not named is gone. 389 Directory Server leaves refreshDeletes out
     * and names those who are gone.
     */
    public boolean listsWhoIsThere() {
        return this != DIRECTORY_389;
    }

    @Override
    public String toString() {
        return text;
    }
}
