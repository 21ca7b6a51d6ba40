/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.health.Finding;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.http.HttpResponse;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
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

    /** What the connector needs, and what comes with it. */
    private static final Set<String> NEEDED =
            Set.of("manage-users", "view-users", "query-users", "query-groups");

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
            server(api.realmPage());
            rights(api.token());
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
                return "realm "
                        + settings.realm()
                        + ", Clients, "
                        + settings.clientId()
                        + ", Service account roles: assign manage-users of realm-management";
            default:
                return "mend it as it says; nothing is lost meanwhile";
        }
    }

    private void server(HttpResponse<byte[]> page) {
        if (page.statusCode() == 200) {
            findings.add(Finding.ok(subject, "Keycloak answers at " + settings.server()));
        }
        page.sslSession().flatMap(Inspection::certificate).ifPresent(this::certificate);
        page.headers()
                .firstValue("Date")
                .flatMap(Inspection::date)
                .map(date -> Duration.between(clock.instant(), date.toInstant()).abs())
                .filter(skew -> skew.compareTo(SKEW_WARNING) > 0)
                .ifPresent(
                        skew ->
                                findings.add(
                                        Finding.warning(
                                                subject,
                                                "the clocks of Keycloak and of this machine are "
                                                        + skew.toSeconds()
                                                        + " s apart; "
                                                        + SKEW_WARNING.toSeconds()
                                                        + " s are allowed",
                                                "synchronise both with NTP")));
    }

    private void certificate(X509Certificate certificate) {
        Duration left = Duration.between(clock.instant(), certificate.getNotAfter().toInstant());
        if (left.isNegative()) {
            // believed all the same, because caFile names this very certificate
            findings.add(
                    Finding.warning(
                            subject,
                            "the server's certificate ended "
                                    + left.negated().toDays()
                                    + " days ago",
                            "renew it, and put the new one into caFile"));
            return;
        }
        String text = "the server's certificate is valid for " + left.toDays() + " days more";
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

    private static Optional<ZonedDateTime> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private void rights(String token) {
        findings.add(Finding.ok(subject, "client " + settings.clientId() + " signs in"));
        Set<String> excess = new TreeSet<>(roles(token));
        excess.removeAll(NEEDED);
        if (!excess.isEmpty()) {
            findings.add(
                    Finding.warning(
                            subject,
                            "the service account has more rights than it needs: "
                                    + String.join(", ", excess),
                            "take these roles of realm-management away; manage-users is enough"));
        }
    }

    /** The administrative roles that a token carries. */
    private static Set<String> roles(String token) {
        String[] parts = token.split("\\.", -1);
        Set<String> roles = new TreeSet<>();
        if (parts.length == 3) {
            JsonValue claims =
                    Json.parse(Base64.getUrlDecoder().decode(parts[1])).orElse(JsonValue.NULL);
            if (claims instanceof JsonObject object) {
                JsonObject management =
                        Json.child(Json.child(object, "resource_access"), "realm-management");
                for (JsonValue role : Json.list(management, "roles")) {
                    roles.add(((JsonString) role).getString());
                }
            }
        }
        return roles;
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
        PasswordWriter writer = Server.writer(api, settings);
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
        JsonObject profile = api.get("/users/profile").object();
        Set<String> required = new TreeSet<>();
        Set<String> declared = new TreeSet<>();
        for (JsonValue value : Json.list(profile, "attributes")) {
            if (value instanceof JsonObject attribute) {
                String name = Json.text(attribute, "name", "");
                declared.add(name);
                if (attribute.containsKey("required")) {
                    required.add(name);
                }
            }
        }
        required.removeAll(Set.of("username", settings.anchorAttribute()));
        String policy = Json.text(profile, "unmanagedAttributePolicy", "DISABLED");
        Set<String> needed = new TreeSet<>(Set.of(settings.anchorAttribute()));
        if (!versionsAreKept) {
            needed.add(AdminPasswords.VERSION_ATTRIBUTE);
        }
        boolean undeclared = !declared.containsAll(needed);
        if (undeclared && !policy.equals("ADMIN_EDIT") && !policy.equals("ENABLED")) {
            findings.add(
                    Finding.error(
                            subject,
                            "the user profile of realm "
                                    + settings.realm()
                                    + " does not keep the attributes "
                                    + String.join(", ", needed),
                            "Realm settings, General, Unmanaged attributes: choose 'Only"
                                    + " administrators can write'"));
        }
        if (undeclared && policy.equals("ENABLED")) {
            findings.add(
                    Finding.warning(
                            subject,
                            "users can write the attribute "
                                    + settings.anchorAttribute()
                                    + " themselves, and so get somebody else's password",
                            "Realm settings, General, Unmanaged attributes: choose 'Only"
                                    + " administrators can write'"));
        }
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
