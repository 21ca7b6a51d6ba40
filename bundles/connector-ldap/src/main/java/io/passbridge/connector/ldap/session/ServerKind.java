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

    @Override
    public String toString() {
        return text;
    }
}
