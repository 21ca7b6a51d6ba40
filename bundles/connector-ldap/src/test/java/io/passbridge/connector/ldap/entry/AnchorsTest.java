/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class AnchorsTest {
    private static final UUID ID = UUID.fromString("01234567-89ab-4def-8123-456789abcdef");

    @Test
    void entryUuid_keepsItsForm() {
        Anchors anchors = new Anchors("entryUUID");
        assertThat(anchors.anchor(ID).value()).isEqualTo(ID.toString());
        assertThat(anchors.parse(ID.toString())).contains(ID);
    }

    @Test
    void nsUniqueId_isWrittenInFourParts() {
        Anchors anchors = new Anchors("nsUniqueId");
        assertThat(anchors.anchor(ID).value()).isEqualTo("01234567-89ab4def-81234567-89abcdef");
        assertThat(anchors.parse("01234567-89ab4def-81234567-89abcdef")).contains(ID);
    }

    @Test
    void whatIsNoIdentifier_isNone() {
        assertThat(new Anchors("entryUUID").parse("anna")).isEmpty();
        assertThat(new Anchors("entryUUID").parse("+1234567-89ab-4def-8123-456789abcdef"))
                .isEmpty();
    }
}
