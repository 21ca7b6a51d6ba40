/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.health.Finding;
import io.passbridge.health.Finding.Severity;
import io.passbridge.itests.lab.Identity;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateLifeTest {
    @Test
    void certificateThatEndsSoon_isToldWithItsDays(@TempDir Path folder) throws Exception {
        X509Certificate certificate =
                (X509Certificate) Identity.of(folder, "dc", "EC", "-1d", 90).certificate();
        assertThat(after(certificate, 60).severity()).isEqualTo(Severity.OK);
        assertThat(after(certificate, 60).text()).isEqualTo("its certificate is good for 30 days");
        assertThat(after(certificate, 61).severity()).isEqualTo(Severity.WARNING);
        assertThat(after(certificate, 61).text()).isEqualTo("its certificate is good for 29 days");
        assertThat(after(certificate, 61).remedy()).contains("renew");
    }

    private static Finding after(X509Certificate certificate, int days) {
        return CertificateLife.inspect(
                "controller",
                certificate,
                Clock.fixed(
                        certificate.getNotBefore().toInstant().plus(Duration.ofDays(days)),
                        ZoneOffset.UTC));
    }
}
