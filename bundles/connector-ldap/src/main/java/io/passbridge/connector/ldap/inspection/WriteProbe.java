/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.inspection;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import io.passbridge.connector.ldap.session.Failures;
import java.util.UUID;

/**
 * Finds out what an account may write by a change that cannot take effect: it takes away a value
 * that is not there. Servers look at the rights first, and answer that there is no such value only
 * to those who might have taken it away.
 */
final class WriteProbe {
    private final LDAPConnection connection;

    WriteProbe(LDAPConnection connection) {
        this.connection = connection;
    }

    /** What came of a try. */
    enum Answer {
        MAY,
        MAY_NOT,
        /** The server says something else, such as that it takes no changes at all. */
        UNKNOWN
    }

    /**
     * @throws LDAPException if the connection is of no use any more
     */
    Answer write(String dn, String attribute) throws LDAPException {
        try {
            connection.modify(
                    dn, new Modification(ModificationType.DELETE, attribute, absent(attribute)));
            return Answer.MAY;
        } catch (LDAPException e) {
            ResultCode code = e.getResultCode();
            if (!code.isConnectionUsable()) {
                throw e;
            }
            if (code.equals(ResultCode.NO_SUCH_ATTRIBUTE)) {
                return Answer.MAY;
            }
            boolean refused =
                    code.equals(ResultCode.INSUFFICIENT_ACCESS_RIGHTS)
                            || code.equals(ResultCode.NO_SUCH_OBJECT);
            return refused ? Answer.MAY_NOT : Answer.UNKNOWN;
        }
    }

    /** Why nothing can be said of an attribute. */
    String why(String dn, String attribute) throws LDAPException {
        try {
            connection.modify(
                    dn, new Modification(ModificationType.DELETE, attribute, absent(attribute)));
            return "";
        } catch (LDAPException e) {
            return Failures.text(e);
        }
    }

    /** A value of the attribute's syntax that no entry has, or that means the same as none. */
    private static String absent(String attribute) {
        return switch (attribute) {
            case "pwdAccountLockedTime", "passwordExpirationTime" -> "19000101000000Z";
            case "pwdReset" -> "FALSE";
            default -> "passbridge-" + UUID.randomUUID();
        };
    }
}
