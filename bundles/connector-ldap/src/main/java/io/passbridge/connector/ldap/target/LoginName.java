/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.target;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.RDN;
import java.util.List;

/**
 * The login names of entries, which many of them are called by.
 *
 * @param attribute that holds the login name
 */
record LoginName(LDAPInterface directory, String attribute) {
    /** Whether the entry has the login name; as its own name, if that is made of it. */
    boolean of(Entry entry, String login) throws LDAPException {
        RDN name = entry.getRDN();
        String[] attributes = name.getAttributeNames();
        for (int i = 0; i < attributes.length; i++) {
            if (attributes[i].equalsIgnoreCase(attribute)) {
                return name.getAttributeValues()[i].equals(login);
            }
        }
        return entry.hasAttribute(attribute)
                && List.of(entry.getAttributeValues(attribute)).contains(login);
    }

    /** Gives the entry its login name; the entry's own name from then on. */
    String give(Entry entry, String login) throws LDAPException {
        RDN former = entry.getRDN();
        if (!former.hasAttribute(attribute)) {
            directory.modify(
                    entry.getDN(), new Modification(ModificationType.REPLACE, attribute, login));
            return entry.getDN();
        }
        String[] attributes = former.getAttributeNames();
        String[] values = former.getAttributeValues();
        for (int i = 0; i < attributes.length; i++) {
            if (attributes[i].equalsIgnoreCase(attribute)) {
                values[i] = login;
            }
        }
        RDN name = new RDN(attributes, values);
        directory.modifyDN(entry.getDN(), name.toString(), true);
        return new DN(name, entry.getParsedDN().getParent()).toString();
    }
}
