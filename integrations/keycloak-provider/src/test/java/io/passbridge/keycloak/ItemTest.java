/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemTest {
    private static final String STATE = "\"state\":{\"enabled\":true,\"mustChange\":false}";
    private static final String ANNA = "\"id\":\"u1\",\"version\":\"1.2\",\"changedAt\":5," + STATE;

    private static Item item(String members) throws JsonProcessingException {
        return Item.of(new ObjectMapper().readTree("{" + members + "}"));
    }

    @Test
    void stateAlone_isAnItem() throws Exception {
        Item item = item(ANNA);
        assertThat(item.version()).hasToString("1.2");
        assertThat(item.digest()).isEmpty();
        assertThat(item.endSessions()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"id\":\"u1\"",
                "\"id\":\"u1\",\"version\":\"1\",\"changedAt\":5," + STATE,
                "\"id\":\"u1\",\"version\":\"1.-2\",\"changedAt\":5," + STATE,
                "\"id\":\"u1\",\"version\":\"1.2\",\"changedAt\":\"5\"," + STATE,
                "\"id\":\"u1\",\"version\":\"1.2\",\"changedAt\":5,\"state\":{\"enabled\":true}",
                ANNA + ",\"scheme\":\"pph1\"",
                ANNA + ",\"scheme\":\"pph9\",\"value\":\"v1;s3cret;\"",
                ANNA + ",\"scheme\":\"SSHA\",\"value\":\"s3cret\"",
                ANNA + ",\"scheme\":\"SSHA512\",\"value\":\"{SSHA}s3cretAAAA\"",
                ANNA + ",\"scheme\":\"pph1\",\"value\":\"v1;PPH1_MD4,s3cret,1000,00;\""
            })
    void whatNobodyCouldSignInWith_isRefused_withNothingOfTheDigest(String members) {
        assertThatThrownBy(() -> item(members))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cret");
    }
}
