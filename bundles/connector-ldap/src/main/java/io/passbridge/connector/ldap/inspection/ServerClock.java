/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.inspection;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.passbridge.health.Finding;
import io.passbridge.times.DirectoryTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Compares a server's clock with ours, where it tells its time to the account. */
final class ServerClock {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Where servers tell the time: 389 and OpenDJ, OpenLDAP, Active Directory and kin. */
    private static final Map<String, String> PLACES =
            Map.of(
                    "cn=monitor", "currentTime",
                    "cn=Current,cn=Time,cn=Monitor", "monitorTimestamp",
                    "", "currentTime");

    private final Clock clock;

    ServerClock(Clock clock) {
        this.clock = clock;
    }

    void inspect(String subject, LDAPConnection connection, List<Finding> findings)
            throws LDAPException {
        for (Map.Entry<String, String> place : PLACES.entrySet()) {
            OptionalLong time = read(connection, place.getKey(), place.getValue());
            if (time.isPresent()) {
                compare(subject, DirectoryTime.toInstant(time.getAsLong()), findings);
                return;
            }
        }
        findings.add(
                Finding.note(
                        subject,
                        "it does not tell the account its time, so the clocks were not compared",
                        "let the account read cn=monitor if they are to be"));
    }

    private static OptionalLong read(LDAPConnection connection, String dn, String attribute)
            throws LDAPException {
        try {
            SearchResultEntry entry = connection.getEntry(dn, attribute);
            String text = entry == null ? null : entry.getAttributeValue(attribute);
            return text == null ? OptionalLong.empty() : DirectoryTime.ofGeneralizedTime(text);
        } catch (LDAPException e) {
            if (!e.getResultCode().isConnectionUsable()) {
                throw e;
            }
            return OptionalLong.empty();
        }
    }

    private void compare(String subject, Instant theirs, List<Finding> findings) {
        Duration ahead = Duration.between(clock.instant(), theirs);
        String text =
                "its clock is "
                        + ahead.abs().toSeconds()
                        + " s "
                        + (ahead.isNegative() ? "behind" : "ahead of")
                        + " ours";
        findings.add(
                ahead.abs().compareTo(LIMIT) > 0
                        ? Finding.warning(
                                subject,
                                text + "; expiries are judged by ours",
                                "set both by the same time service")
                        : Finding.ok(subject, text));
    }
}
