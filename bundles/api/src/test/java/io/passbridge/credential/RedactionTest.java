/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.UnreadUser;
import io.passbridge.connector.UnusableItem;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final String HASH = "8846f7eaee8fb117ad06bdd830b7586c";
    private static final SourceAnchor ANNA = new SourceAnchor("anna");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cannot read /srv/exports/people.ldif of cn=Anna Schmidt,ou=Staff,dc=example",
                "cannot read /srv/passbridge/exports/Directory2026/people",
                "objectGUID 3f2504e0-4f89-11d3-9a0c-0305e82c3301 has no name",
                "io.passbridge.connector.directory failed",
                "the scheme '{SMD5}' is not verified; {CRYPT}$1$ neither",
                "kind CRYPT-6 in '{CRYPT}$6$' is not known",
                "the value is not $y$PARAMETERS$SALT$HASH",
                "the value is not $argon2id$v=..$m=..,t=..,p=..$SALT$HASH",
                "the antidisestablishmentarianismists are many"
            })
    void ordinaryWords_stay(String text) {
        assertThat(Redaction.of(text)).isEqualTo(text);
    }

    @Test
    void longValueWithoutADigit_isTakenOut() {
        assertThat(Redaction.of("bad $y$" + "abcDEF./".repeat(6) + " here"))
                .isEqualTo("bad [redacted] here");
    }

    @Test
    void whatPlugInsSayOfAUser_holdsNoHash() {
        assertThat(new ItemOutcome(ANNA, Outcome.REJECTED, "no " + HASH).detail())
                .isEqualTo("no [redacted]");
        assertThat(new UnusableItem("f:1", "anna", Optional.of(ANNA), "no " + HASH).reason())
                .isEqualTo("no [redacted]");
        assertThat(new UnreadUser(ANNA, new ChangeVersion(1, 1), "no " + HASH).reason())
                .isEqualTo("no [redacted]");
    }
}
