/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.target;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.ldap.session.Failures;
import io.passbridge.credential.SourceAnchor;
import java.util.Locale;

/** What a refused change means: for this user alone, or for everybody. */
final class Refusals {
    private Refusals() {}

    /**
     * @param wrote whether something was written before in this call
     * @throws ConnectorException if it is not this user's matter
     */
    static ItemOutcome of(SourceAnchor anchor, LDAPException e, boolean wrote)
            throws ConnectorException {
        ResultCode code = e.getResultCode();
        String text = Failures.text(e);
        if (!code.isConnectionUsable()) {
            throw new ConnectorException(
                    Kind.OUTCOME_UNKNOWN, "the connection broke while a user was written: " + text);
        }
        if (code.equals(ResultCode.BUSY) || code.equals(ResultCode.UNAVAILABLE)) {
            throw new ConnectorException(
                    wrote ? Kind.OUTCOME_UNKNOWN : Kind.UNREACHABLE, "the server is busy: " + text);
        }
        if (code.equals(ResultCode.CONSTRAINT_VIOLATION)
                && text.toLowerCase(Locale.ROOT).contains("storage scheme")) {
            throw new ConnectorException(
                    Kind.PERMISSION,
                    "389 Directory Server takes no hashes from the account; set its name as"
                            + " passwordAdminDN in cn=config");
        }
        if (code.equals(ResultCode.REFERRAL)
                || code.equals(ResultCode.UNWILLING_TO_PERFORM)
                        && text.matches("(?i).*(shadow context|read-?only).*")) {
            throw new ConnectorException(
                    Kind.PERMISSION,
                    "the server does not take changes: " + text + "; name one that may be written");
        }
        if (code.equals(ResultCode.NO_SUCH_OBJECT)) {
            return outcome(anchor, Outcome.NO_SUCH_USER, "the entry went away: " + text);
        }
        if (code.equals(ResultCode.ENTRY_ALREADY_EXISTS)) {
            return outcome(anchor, Outcome.CONFLICT, "the name is taken: " + text);
        }
        return outcome(
                anchor,
                code.equals(ResultCode.INSUFFICIENT_ACCESS_RIGHTS)
                        ? Outcome.RETRY
                        : Outcome.REJECTED,
                "the server refuses: " + text);
    }

    static ItemOutcome outcome(SourceAnchor anchor, Outcome outcome, String detail) {
        return new ItemOutcome(anchor, outcome, detail);
    }
}
