/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.target;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.schema.Schema;
import io.passbridge.connector.ldap.session.ServerFacts;
import io.passbridge.connector.ldap.session.ServerKind;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import java.util.ArrayList;
import java.util.List;

/** How a server holds that an account may not be used, or that its password must be changed. */
public enum StateForm {
    /** ppolicy (draft-behera-ldap-password-policy): OpenLDAP and others. */
    PASSWORD_POLICY("pwdAccountLockedTime", "000001010000Z", "pwdReset", "TRUE"),
    /** 389 Directory Server and its kin. */
    NS_ACCOUNT_LOCK("nsAccountLock", "true", "passwordExpirationTime", "19700101000000Z"),
    NONE("", "", "", "");

    private final String attribute;
    private final String locked;
    private final String mustChange;
    private final String must;

    StateForm(String attribute, String locked, String mustChange, String must) {
        this.attribute = attribute;
        this.locked = locked;
        this.mustChange = mustChange;
        this.must = must;
    }

    /** What the server's schema has room for. */
    public static StateForm of(LDAPInterface directory, ServerFacts facts) throws LDAPException {
        if (facts.kind() == ServerKind.DIRECTORY_389) {
            return NS_ACCOUNT_LOCK;
        }
        Schema schema = directory.getSchema();
        for (StateForm form : List.of(PASSWORD_POLICY, NS_ACCOUNT_LOCK)) {
            if (schema != null
                    && form.attributes().stream()
                            .allMatch(name -> schema.getAttributeType(name) != null)) {
                return form;
            }
        }
        return NONE;
    }

    /** The attribute that closes an account, or empty. */
    public String attribute() {
        return attribute;
    }

    /** All attributes of this form. */
    public List<String> attributes() {
        return this == NONE ? List.of() : List.of(attribute, mustChange);
    }

    /** Whether a state can be written at all. */
    boolean holds(AccountState state) {
        return this != NONE || state.mayStillSignIn();
    }

    /** Whether a new password unlocks the account, as the overlay ppolicy has it. */
    boolean unlocksByPassword() {
        return this == PASSWORD_POLICY;
    }

    boolean isLocked(Entry entry) {
        return this != NONE && locked.equalsIgnoreCase(entry.getAttributeValue(attribute));
    }

    /** Whether the server asks for another password, by its own doing or by ours. */
    boolean mustChange(Entry entry) {
        return this != NONE && must.equalsIgnoreCase(entry.getAttributeValue(mustChange));
    }

    /** Whether a user has to choose another password before anything else. */
    static boolean mustChange(AccountState state) {
        return state.has(Flag.MUST_CHANGE_PASSWORD)
                || state.has(Flag.PASSWORD_EXPIRED) && !state.has(Flag.PASSWORD_NEVER_EXPIRES);
    }

    /**
     * What leads from what was written before to a state. Nobody is unlocked whom somebody else
     * locked.
     *
     * @param before what was written last
     * @param newPassword whether a password is written with it, which ends the server's own wish
     *     for another one
     */
    List<Modification> changes(
            Entry entry, AccountState before, AccountState state, boolean newPassword) {
        if (this == NONE) {
            return List.of();
        }
        List<Modification> changes = new ArrayList<>();
        boolean isLocked = isLocked(entry);
        if (!state.mayStillSignIn() && !isLocked) {
            changes.add(new Modification(ModificationType.REPLACE, attribute, locked));
        } else if (state.mayStillSignIn() && isLocked && !before.mayStillSignIn()) {
            changes.add(new Modification(ModificationType.REPLACE, attribute));
        }
        if (mustChange(state) && (newPassword || !mustChange(before))) {
            changes.add(new Modification(ModificationType.REPLACE, mustChange, must));
        } else if (!mustChange(state) && mustChange(before) && mustChange(entry)) {
            changes.add(noLonger());
        }
        return changes;
    }

    /** Whether the server may add a wish for another password to one that we write. */
    boolean addsWishes() {
        return this == NS_ACCOUNT_LOCK;
    }

    /** What takes back the wish for another password. */
    Modification noLonger() {
        return new Modification(ModificationType.REPLACE, mustChange);
    }
}
