/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountRightsTest {
    private static AccountRights of(String claims) {
        byte[] bytes = claims.getBytes(StandardCharsets.UTF_8);
        return AccountRights.of(
                TokenClaims.of(
                        "x."
                                + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
                                + ".y"));
    }

    @Test
    void rolesOfTheServerAndOfOtherRealms_areFound() {
        AccountRights rights =
                of(
                        """
                        {"realm_access":{"roles":["admin","offline_access"]},
                         "resource_access":{
                           "corp-realm":{"roles":["manage-users"]},
                           "account":{"roles":["manage-account"]},
                           "realm-management":{"roles":["manage-users"]}}}
                        """);

        assertThat(rights.management()).containsExactly("manage-users");
        assertThat(rights.elsewhere())
                .containsExactly("admin of the whole server", "manage-users of realm corp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "no JSON"})
    void tokenThatSaysNothing_hasNoRights(String claims) {
        assertThat(of(claims).management()).isEmpty();
        assertThat(of(claims).elsewhere()).isEmpty();
        assertThat(AccountRights.of(TokenClaims.of("opaque")).management()).isEmpty();
    }
}
