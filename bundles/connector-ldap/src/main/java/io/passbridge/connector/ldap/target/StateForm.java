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

/** How a server holds that an account may not be used. */
public enum StateForm {
    /** ppolicy (draft-behera-ldap-password-policy): OpenLDAP and others. */
    PASSWORD_POLICY("pwdAccountLockedTime", "000001010000Z") {
        @Override
        List<Modification> mustChange(boolean must, boolean mustBefore) {
            if (must == mustBefore) {
                return List.of();
            }
            return List.of(
                    must
                            ? new Modification(ModificationType.REPLACE, RESET, "TRUE")
                            : new Modification(ModificationType.REPLACE, RESET));
        }
    },
    /** 389 Directory Server and its kin. */
    NS_ACCOUNT_LOCK("nsAccountLock", "true"),
    NONE("", "");

    private static final String RESET = "pwdReset";

    private final String attribute;
    private final String locked;

    StateForm(String attribute, String locked) {
        this.attribute = attribute;
        this.locked = locked;
    }

    /** What the server's schema has room for. */
    public static StateForm of(LDAPInterface directory, ServerFacts facts) throws LDAPException {
        if (facts.kind() == ServerKind.DIRECTORY_389) {
            return NS_ACCOUNT_LOCK;
        }
        Schema schema = directory.getSchema();
        for (StateForm form : List.of(PASSWORD_POLICY, NS_ACCOUNT_LOCK)) {
            if (schema != null && schema.getAttributeType(form.attribute) != null) {
                return form;
            }
        }
        return NONE;
    }

    /** The attribute, or empty. */
    public String attribute() {
        return attribute;
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

    /**
     * What leads from what was written before to a state. Nobody is unlocked whom somebody else
     * locked.
     *
     * @param before what was written last
     */
    List<Modification> changes(Entry entry, AccountState before, AccountState state) {
        List<Modification> changes = new ArrayList<>();
        boolean isLocked = isLocked(entry);
        if (!state.mayStillSignIn() && !isLocked) {
            changes.add(new Modification(ModificationType.REPLACE, attribute, locked));
        } else if (state.mayStillSignIn() && isLocked && !before.mayStillSignIn()) {
            changes.add(new Modification(ModificationType.REPLACE, attribute));
        }
        changes.addAll(
                mustChange(
                        state.has(Flag.MUST_CHANGE_PASSWORD),
                        before.has(Flag.MUST_CHANGE_PASSWORD)));
        return changes;
    }

    List<Modification> mustChange(boolean must, boolean mustBefore) {
        return List.of();
    }
}
