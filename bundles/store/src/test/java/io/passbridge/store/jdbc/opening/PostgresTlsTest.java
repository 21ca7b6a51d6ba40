/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.store.jdbc.opening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.itests.lab.Identity;
import io.passbridge.itests.lab.PostgresLab;
import io.passbridge.store.StoreException;
import io.passbridge.store.jdbc.database.Database;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Sealed connections to PostgreSQL, with FIPS enforced and without. */
@Tag("postgresql")
@EnabledIf(
        value = "io.passbridge.itests.lab.PostgresLab#possible",
        disabledReason = "NO POSTGRESQL: initdb is not installed, nothing was tested on it")
class PostgresTlsTest {
    private static final String[] CBC = {
        "ssl_max_protocol_version=TLSv1.2", "ssl_ciphers=AES128-SHA"
    };

    @TempDir private static Path folder;

    @Test
    void fipsEnforced_onlyWhatIsApprovedIsConnectedTo() throws Exception {
        List<String> rsa = List.of("-keyalg", "RSA", "-keysize", "2048");
        Identity good = Identity.of(folder, "good", rsa, rsa);
        List<String> shortRsa = List.of("-keyalg", "RSA", "-keysize", "1024");
        Identity weakAuthority = Identity.of(folder, "authority", shortRsa, rsa);
        try (PostgresLab server = PostgresLab.up()) {
            server.restartWithTls(good, CBC);
            assertThat(cipher(server, good, false)).isEqualTo("AES128-SHA");
            refused(server, good)
                    .hasMessageContaining("FIPS is enforced, and the server offers nothing that is")
                    .hasMessageContaining("TLSv1.2 with ECDHE and AES-GCM")
                    .hasMessageContaining("set 'enforce = off' in etc/io.passbridge.fips.cfg");
            server.restartWithTls(good);
            assertThat(cipher(server, good, true)).startsWith("TLS_AES_");
            server.restartWithTls(weakAuthority);
            assertThat(cipher(server, weakAuthority, false)).startsWith("TLS_AES_");
            refused(server, weakAuthority)
                    .hasMessageContaining("the certificate of CN=authority has an RSA key of 1024")
                    .hasMessageContaining("RSA keys have at least 2048 bits");
        }
    }

    private static AbstractThrowableAssert<?, ?> refused(PostgresLab server, Identity trusted) {
        return assertThatThrownBy(() -> cipher(server, trusted, true))
                .isInstanceOf(StoreException.class);
    }

    /** Opens the store, and tells what the server says of the connection. */
    private static String cipher(PostgresLab server, Identity trusted, boolean fips)
            throws Exception {
        String url =
                "%s?sslmode=verify-full&sslrootcert=%s"
                        .formatted(server.url(), trusted.authority());
        Opening opening =
                Opening.postgres(url, LabRole.in(folder), "", "passbridge", 2, () -> fips);
        try (Database database = opening.open()) {
            return database.read(
                    connection -> {
                        try (Statement statement = connection.createStatement();
                                ResultSet row =
                                        statement.executeQuery(
                                                "SELECT cipher FROM pg_stat_ssl WHERE pid ="
                                                        + " pg_backend_pid()")) {
                            row.next();
                            return row.getString(1);
                        }
                    });
        }
    }
}
