/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap.inspection;

import com.unboundid.ldap.sdk.LDAPConnection;
import io.passbridge.connector.ldap.settings.Reach;
import io.passbridge.connector.ldap.settings.Reach.Authentication;
import io.passbridge.connector.ldap.settings.ServerAddress;
import io.passbridge.health.Finding;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Looks whether a connection is sealed, and how long the server's certificate is still good. */
final class Sealing {
    private static final long SOON_DAYS = 30;

    private final Reach reach;
    private final Clock clock;

    Sealing(Reach reach, Clock clock) {
        this.reach = reach;
        this.clock = clock;
    }

    void inspect(
            String subject,
            ServerAddress server,
            LDAPConnection connection,
            List<Finding> findings) {
        SSLSession tls = connection.getSSLSession();
        if (tls == null) {
            findings.add(
                    reach.authentication() == Authentication.KERBEROS
                            ? Finding.ok(subject, "sealed by Kerberos")
                            : server.isLoopback()
                                    ? Finding.ok(subject, "not sealed, and on this machine")
                                    : Finding.warning(
                                            subject,
                                            "hashes and the account's password cross the network in"
                                                    + " the clear (startTls = "
                                                    + reach.startTls()
                                                            .name()
                                                            .toLowerCase(java.util.Locale.ROOT)
                                                    + ")",
                                            "set startTls = auto, or use ldaps://"));
            return;
        }
        try {
            X509Certificate certificate = (X509Certificate) tls.getPeerCertificates()[0];
            long days =
                    Duration.between(clock.instant(), certificate.getNotAfter().toInstant())
                            .toDays();
            String text =
                    "sealed with "
                            + tls.getProtocol()
                            + " and "
                            + tls.getCipherSuite()
                            + "; its certificate is good for "
                            + Finding.count(days, "day", "days");
            findings.add(
                    days < SOON_DAYS
                            ? Finding.warning(subject, text, "renew the server's certificate")
                            : Finding.ok(subject, text));
        } catch (SSLPeerUnverifiedException e) {
            findings.add(
                    Finding.warning(
                            subject, "it showed no certificate", "give the server a certificate"));
        }
    }
}
