/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RootDSE;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * How far a controller's clock is from ours, by the {@code currentTime} of its root object (MS-ADTS
 * 3.1.1.3.2.6), to the second.
 *
 * @param ahead how far theirs is ahead of ours; negative if it is behind
 */
record ClockDifference(Duration ahead) {
    /** What Kerberos allows unless a domain's policy says otherwise (MS-KILE 3.3.1). */
    static final Duration LIMIT = Duration.ofMinutes(5);

    private static final DateTimeFormatter GENERALIZED =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss[.S]'Z'");

    /** Empty if the controller does not tell its time. */
    static Optional<ClockDifference> read(LDAPConnection ldap, Clock ours) throws LDAPException {
        RootDSE root = ldap.getRootDSE();
        String text = root == null ? null : root.getAttributeValue("currentTime");
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new ClockDifference(
                            Duration.between(
                                    ours.instant(),
                                    LocalDateTime.parse(text, GENERALIZED)
                                            .toInstant(ZoneOffset.UTC))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    boolean overLimit() {
        return ahead.abs().compareTo(LIMIT) > 0;
    }

    /** As the end of a sentence that begins with 'the clock of ...'. */
    @Override
    public String toString() {
        return "is "
                + Math.round(ahead.abs().toMillis() / 1000.0)
                + " s "
                + (ahead.isNegative() ? "behind" : "ahead of")
                + " ours; Kerberos allows "
                + LIMIT.toSeconds()
                + " s";
    }
}
