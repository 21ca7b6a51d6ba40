/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresLocationTest {
    /** The driver goes on in the clear where a handshake failed, unless it is told not to. */
    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db.example/pass, require",
        "jdbc:postgresql://db.example/pass?sslmode=prefer, require",
        "jdbc:postgresql://db.example/pass?sslmode=verify-full, verify-full",
        "jdbc:postgresql://db.example/pass?user=x&sslmode=disable, disable",
        "jdbc:postgresql://127.0.0.1/pass, ",
        "'jdbc:postgresql://127.0.0.1:1,localhost:2/pass?targetServerType=primary', ",
        "'jdbc:postgresql://127.0.0.1,db.example/pass?targetServerType=primary', require",
        "jdbc:postgresql://localhost.example/pass, require",
        "jdbc:postgresql:pass, "
    })
    void fipsEnforced_aDatabaseElsewhereIsNotConnectedToInTheClearByAccident(
            String url, String mode) {
        PostgresLocation location =
                new PostgresLocation(url, "passbridge", null, "", "test", () -> true);
        assertThat(location.approved().getSslMode()).isEqualTo(mode);
        assertThat(location.approved().getSslfactory())
                .isEqualTo(ApprovedPostgresSockets.class.getName());
    }
}
