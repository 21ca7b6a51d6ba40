/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.keycloak.password.AdminPasswords;
import io.passbridge.connector.keycloak.password.PasswordWriter;
import io.passbridge.connector.keycloak.provider.ProviderDescription;
import io.passbridge.connector.keycloak.session.AdminApi;
import io.passbridge.connector.keycloak.settings.Settings;
import io.passbridge.connector.keycloak.user.Departed;
import io.passbridge.connector.keycloak.user.UserProfile;
import io.passbridge.health.Finding;
import java.net.http.HttpResponse;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Looks at the server, the account's rights and the realm, and says what to do about them. */
final class Inspection {
    private static final Duration CERTIFICATE_WARNING = Duration.ofDays(30);
    private static final Duration SKEW_WARNING = Duration.ofSeconds(30);

    private final AdminApi api;
    private final Settings settings;
    private final Clock clock;
    private final String subject;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param api over fresh connections
     */
    Inspection(AdminApi api, Settings settings, Clock clock, String subject) {
        this.api = api;
        this.settings = settings;
        this.clock = clock;
        this.subject = subject;
    }

    List<Finding> findings() {
        try {
            Optional<Instant> told = server(api.realmPage());
            TokenClaims token = TokenClaims.of(api.token());
            if (told.isEmpty()) {
                token.issuedAt().ifPresent(this::clocks);
            }
            rights(token);
            users();
            profile(passwords());
        } catch (ConnectorException e) {
            findings.add(Finding.error(subject, e.getMessage(), remedy(e.kind())));
        }
        return findings;
    }

    private String remedy(Kind kind) {
        switch (kind) {
            case AUTHENTICATION:
                return "mend the client or its secret as it says; nothing is lost meanwhile";
            case PERMISSION:
                return AccountRights.remedy(settings);
            default:
                return "mend it as it says; nothing is lost meanwhile";
        }
    }

    /** The server's time, if its answer tells it: Keycloak itself does not, a proxy may. */
    private Optional<Instant> server(HttpResponse<byte[]> page) {
        if (page.statusCode() == 200) {
            findings.add(Finding.ok(subject, "Keycloak answers at " + settings.server()));
        }
        page.sslSession().flatMap(Inspection::certificate).ifPresent(this::certificate);
        Optional<Instant> told = page.headers().firstValue("Date").flatMap(Inspection::date);
        told.ifPresent(this::clocks);
        return told;
    }

    private void clocks(Instant server) {
        Duration skew = Duration.between(clock.instant(), server).abs();
        if (skew.compareTo(SKEW_WARNING) > 0) {
            findings.add(
                    Finding.warning(
                            subject,
                            "the clocks of Keycloak and of this machine are "
                                    + skew.toSeconds()
                                    + " s apart; "
                                    + SKEW_WARNING.toSeconds()
                                    + " s are allowed",
                            "synchronise both with NTP"));
        } else {
            findings.add(Finding.ok(subject, "its clock agrees with ours"));
        }
    }

    private void certificate(X509Certificate certificate) {
        Duration left = Duration.between(clock.instant(), certificate.getNotAfter().toInstant());
        if (left.isNegative()) {
            // believed all the same, because caFile names this very certificate
            findings.add(
                    Finding.warning(
                            subject,
                            "the server's certificate ended "
                                    + Finding.count(left.negated().toDays(), "day", "days")
                                    + " ago",
                            "renew it, and put the new one into caFile"));
            return;
        }
        String text =
                "the server's certificate is valid for "
                        + Finding.count(left.toDays(), "day", "days")
                        + " more";
        findings.add(
                left.compareTo(CERTIFICATE_WARNING) < 0
                        ? Finding.warning(subject, text, "renew it before it ends")
                        : Finding.ok(subject, text));
    }

    private static Optional<X509Certificate> certificate(SSLSession session) {
        try {
            Certificate first = session.getPeerCertificates()[0];
            return first instanceof X509Certificate known ? Optional.of(known) : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private void rights(TokenClaims token) {
        findings.add(Finding.ok(subject, "client " + settings.clientId() + " signs in"));
        findings.addAll(AccountRights.of(token).findings(subject, settings));
    }

    private void users() throws ConnectorException {
        String count = api.get("/users/count").body().toString();
        findings.add(
                Finding.ok(
                        subject,
                        "users of realm " + settings.realm() + " can be read (" + count + ")"));
    }

    /** Whether our provider keeps the versions. */
    private boolean passwords() throws ConnectorException {
        PasswordWriter writer =
                Server.writer(api, settings, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        Optional<ProviderDescription> provider = ProviderDescription.ask(api);
        String schemes = String.join(", ", new TreeSet<>(writer.schemes()));
        if (provider.isEmpty()) {
            findings.add(
                    Finding.warning(
                            subject,
                            "the Passbridge provider is not installed in Keycloak; without it only "
                                    + schemes
                                    + " can be written, one user a request, and a sign-in at the"
                                    + " same moment may undo a change until it is tried again",
                            "copy the provider's jar into Keycloak's folder providers and run"
                                    + " kc.sh build"));
            return false;
        }
        findings.add(
                Finding.ok(
                        subject,
                        "Passbridge provider "
                                + provider.get().version()
                                + " is installed and verifies "
                                + schemes));
        if (!provider.get().users()) {
            findings.add(
                    Finding.warning(
                            subject,
                            "the Passbridge provider is an older one, which takes users one a"
                                    + " request",
                            "install the provider of this version"));
        }
        if (settings.create() && provider.get().namesAreFixed()) {
            findings.add(
                    Finding.warning(
                            subject,
                            "the realm forbids to change user names; who is renamed at the source"
                                    + " is refused",
                            "Realm settings, Login: turn on 'Edit username'"));
        }
        if (provider.get().rehashRace()) {
            findings.add(
                    Finding.warning(
                            subject,
                            "the realm hashes synchronised passwords anew at sign-in, so that a"
                                    + " sign-in at the same moment may undo a change until it is"
                                    + " tried again; the default hash provider is "
                                    + provider.get().defaultHashProvider(),
                            "run kc.sh build --spi-password-hashing--provider-default=passbridge"
                                    + " and take 'Hashing algorithm' out of the realm's password"
                                    + " policy"));
        }
        return true;
    }

    private void profile(boolean versionsAreKept) throws ConnectorException {
        UserProfile profile = UserProfile.ask(api);
        Set<String> needed = new TreeSet<>(Set.of(settings.anchorAttribute()));
        if (!versionsAreKept) {
            needed.add(AdminPasswords.VERSION_ATTRIBUTE);
            needed.add(Departed.ATTRIBUTE);
        }
        boolean undeclared = !profile.undeclared(needed).isEmpty();
        if (!profile.dropped(needed).isEmpty()) {
            findings.add(
                    Finding.error(
                            subject,
                            "the user profile of realm "
                                    + settings.realm()
                                    + " does not keep the attributes "
                                    + String.join(", ", needed),
                            UserProfile.REMEDY));
        } else if (!profile.keepsAll()) {
            findings.add(
                    Finding.note(
                            subject,
                            "the user profile keeps declared attributes only; who comes with"
                                    + " another one is refused",
                            "declare there what the source's 'attributes' name, or "
                                    + UserProfile.REMEDY));
        }
        if (undeclared && profile.isOpen()) {
            findings.add(
                    Finding.warning(
                            subject,
                            "users can write the attribute "
                                    + settings.anchorAttribute()
                                    + " themselves, and so get somebody else's password",
                            UserProfile.REMEDY));
        }
        Set<String> required = new TreeSet<>(profile.required());
        required.removeAll(Set.of("username", settings.anchorAttribute()));
        if (!required.isEmpty()) {
            findings.add(
                    Finding.note(
                            subject,
                            "the user profile requires "
                                    + String.join(", ", required)
                                    + "; whoever lacks one gets 'Account is not fully set up' at"
                                    + " sign-in",
                            "let the source give them, or make them optional in the user"
                                    + " profile"));
        }
    }
}
