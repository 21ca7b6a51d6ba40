/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.supervision.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "8846f7eaee8fb117ad06bdd830b7586c",
                "{SSHA}pAhKk0Dm4Hk2rXbX5sTQ1g==",
                "{CRYPT}$6$salt$hash",
                "$2b$12$abcdefghijklmnopqrstuu",
                "$argon2id$v=19$m=65536$c2FsdA$aGFzaA",
                "v1;PPH1_MD4,00112233445566778899,1000,abcdef;",
                "c29tZSBsb25nIGJhc2U2NCB2YWx1ZQ==",
                "iEb36u6PsRetBr3YMLdYbA==",
                "W6ph5Mm5Pz8GgiULbPgzG37mj9g="
            })
    void hashLikeText_ofAnUnforeseenFailure_isTakenOut(String hash) {
        String text = FaultText.chain(new IllegalArgumentException("bad value " + hash + " here"));

        assertThat(text).isEqualTo("java.lang.IllegalArgumentException: bad value [redacted] here");
    }

    @Test
    void hashInAForeseenFailure_isTakenOut_ofMessageAndCause() {
        IOException cause = new IOException("bad line 8846f7eaee8fb117ad06bdd830b7586c");

        assertThat(
                        FaultText.withCauses(
                                new ConnectorException(
                                        Kind.REJECTED,
                                        "not {SSHA}pAhKk0Dm4Hk2rXbX5sTQ1g==",
                                        cause)))
                .isEqualTo("not [redacted] (java.io.IOException: bad line [redacted])");
    }

    @Test
    void causesThatGoInCircles_end() {
        IllegalStateException one = new IllegalStateException("one");
        IllegalStateException two = new IllegalStateException("two", one);
        one.initCause(two);

        assertThat(FaultText.chain(one)).startsWith("java.lang.IllegalStateException: one; caused");
        assertThat(FaultText.frames(one)).contains("FaultTextTest");
    }

    @Test
    void veryLongMessages_areCut() {
        assertThat(FaultText.chain(new IllegalStateException("long ".repeat(10_000))))
                .hasSizeLessThan(2_000);
    }

    @Test
    void messageThatCannotBeRead_isSaidSo() {
        Throwable odd =
                new RuntimeException() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public String getMessage() {
                        throw new IllegalStateException();
                    }
                };
        assertThat(FaultText.chain(odd)).contains("(its message cannot be read)");
    }

    @Test
    void causeOfAForeseenFailure_isAddedUnlessTheMessageHasIt() {
        IOException cause = new IOException("connection reset");

        assertThat(
                        FaultText.withCauses(
                                new ConnectorException(Kind.UNREACHABLE, "dc1 is away", cause)))
                .isEqualTo("dc1 is away (java.io.IOException: connection reset)");
        assertThat(
                        FaultText.withCauses(
                                new ConnectorException(
                                        Kind.UNREACHABLE, "dc1: connection reset", cause)))
                .isEqualTo("dc1: connection reset");
    }
}
