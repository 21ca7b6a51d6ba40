/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.directory.writing;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.directory.database.FreeAttributes;
import io.passbridge.credential.Account;
import io.passbridge.credential.SourceAnchor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FreeAttributesTest {
    @Test
    void everyValue_comesBackAsItWas() {
        Map<String, List<String>> attributes =
                Map.of("a", List.of("", "=", "\\n", "line\nline\\"), "b.c", List.of("x=y\n"));

        assertThat(FreeAttributes.parse(FreeAttributes.text(attributes))).isEqualTo(attributes);
        assertThat(FreeAttributes.parse("")).isEmpty();
    }

    @Test
    void accountWithTooMuch_isRefusedByItself() {
        Account account =
                new Account(
                        new SourceAnchor("1"),
                        "anna",
                        List.of(),
                        "",
                        "",
                        "",
                        "",
                        Map.of("a", List.of("x".repeat(FreeAttributes.MAX_LENGTH))));

        assertThat(AccountFault.of(account)).contains("16384");
        assertThat(AccountFault.of(Account.named(new SourceAnchor("1"), "anna"))).isEmpty();
    }
}
