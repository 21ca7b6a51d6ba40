/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ad.source;

import io.passbridge.health.Finding;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** How long a controller's certificate is good for; without one nothing can be read any more. */
final class CertificateLife {
    private static final Duration SOON = Duration.ofDays(30);

    private CertificateLife() {}

    /**
     * What is found.
     *
     * @param tls of the connection to the controller
     */
    static Finding inspect(String subject, SSLSession tls, Clock clock) {
        try {
            return inspect(subject, (X509Certificate) tls.getPeerCertificates()[0], clock);
        } catch (SSLPeerUnverifiedException e) {
            return Finding.warning(
                    subject, "it showed no certificate", "give the controller a certificate");
        }
    }

    static Finding inspect(String subject, X509Certificate certificate, Clock clock) {
        Duration left = Duration.between(clock.instant(), certificate.getNotAfter().toInstant());
        String text = "its certificate is good for " + Finding.count(left.toDays(), "day", "days");
        return left.compareTo(SOON) < 0
                ? Finding.warning(subject, text, "renew the controller's certificate")
                : Finding.ok(subject, text);
    }
}
