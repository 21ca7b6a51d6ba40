/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.PasswordSource;
import io.passbridge.health.Finding;
import io.passbridge.itests.lab.SambaLab;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tickets come from the controller itself: no krb5.conf and no DNS knows this domain. */
@LiveDomain
class KerberosLiveTest {
    @TempDir private Path data;
    private SambaLab lab;
    private Domain domain;

    @BeforeEach
    void configure(SambaLab shared) {
        lab = shared;
        domain = new Domain(shared, data).set("authentication", "kerberos");
    }

    @AfterEach
    void close() {
        domain.close();
    }

    private List<String> test() {
        return domain.connector().test().stream().map(Finding::text).toList();
    }

    @Test
    void password_getsATicket_andTheTestSaysWhichCipher() throws Exception {
        assertThat(domain.source().run(100)).containsKey(domain.anchor("alice"));
        assertThat(test())
                .contains("signed in with KERBEROS, sealed with Kerberos, aes256-cts-hmac-sha1-96");
    }

    @Test
    void keyTable_getsATicket() throws Exception {
        Path table = data.resolve("svc-sync.keytab");
        lab.exportKeyTable(table, Domain.ACCOUNT);
        domain.set("keytab", table.toString());

        assertThat(domain.source().run(100)).containsKey(domain.anchor("alice"));
        assertThat(test()).anyMatch(text -> text.startsWith("signed in with KERBEROS"));
    }

    @Test
    void keyTableOfSomebodyElse_isToldByItsName() throws Exception {
        Path table = data.resolve("alice.keytab");
        lab.exportKeyTable(table, "alice");
        domain.set("keytab", table.toString());

        assertThatThrownBy(() -> domain.source().run(100))
                .hasMessageContaining("the key table " + table + " holds no AES key");
    }

    @Test
    void wrongPassword_isRefusedByTheCentre_once() {
        domain.open(Domain.ACCOUNT, "not the secret");

        assertThatThrownBy(
                        () ->
                                new LiveSource(
                                                domain.connector()
                                                        .capability(PasswordSource.class)
                                                        .orElseThrow())
                                        .run(100))
                .isInstanceOfSatisfying(
                        ConnectorException.class,
                        e -> assertThat(e.kind()).isEqualTo(Kind.AUTHENTICATION));
    }
}
