/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import static io.passbridge.connector.keycloak.Person.apply;
import static io.passbridge.connector.keycloak.Person.applyUntilDone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.Digest;
import io.passbridge.health.Finding;
import io.passbridge.health.Finding.Severity;
import io.passbridge.itests.lab.KeycloakLab;
import io.passbridge.itests.lab.KeycloakLab.Attempt;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A real Keycloak that dies, cannot be believed, or does not believe. */
@Tag("live")
@EnabledIf("io.passbridge.itests.lab.KeycloakLab#possible")
class TroubleLiveTest {
    @TempDir Path folder;

    private static PasswordTarget target(Connector connector) {
        return connector.capability(PasswordTarget.class).orElseThrow();
    }

    private static ConnectorException failure(Realm realm) throws Exception {
        try (Connector connector = realm.open()) {
            ConnectorException failure =
                    catchThrowableOfType(
                            ConnectorException.class, () -> target(connector).schemes());
            assertThat(failure).isNotNull();
            return failure;
        }
    }

    @Test
    void killedInMidRun_losesNobody_afterTheRestart() throws Exception {
        KeycloakLab lab = RealKeycloak.PROVIDER.lab();
        try (Realm realm = new Realm(RealKeycloak.PROVIDER, folder);
                Connector connector = realm.open()) {
            List<Person> people = new ArrayList<>();
            List<PasswordUpdate> updates = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Person person = Person.in(realm, "person" + i);
                people.add(person);
                updates.add(person.update(1, Passwords.pph1("First-" + i)));
            }
            // Keycloak's embedded database writes with a delay: a user whom it has lost itself is
            // not what is looked for here
            Awaitility.await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            target(connector).apply(updates.subList(0, 20));
            Thread killer =
                    new Thread(
                            () -> {
                                try {
                                    lab.kill();
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            killer.start();
            Set<Kind> kinds = EnumSet.noneOf(Kind.class);
            while (killer.isAlive()) {
                try {
                    target(connector).apply(updates);
                } catch (ConnectorException e) {
                    kinds.add(e.kind());
                }
            }
            killer.join();
            assertThat(kinds).isSubsetOf(Kind.UNREACHABLE, Kind.OUTCOME_UNKNOWN);
            lab.start();
            for (PasswordUpdate update : updates) {
                assertThat(applyUntilDone(target(connector), update))
                        .isIn(Outcome.APPLIED, Outcome.ALREADY);
            }
            for (int i = 0; i < people.size(); i++) {
                assertThat(people.get(i).signIn("First-" + i)).isEqualTo(Attempt.SIGNED_IN);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void connectionCutAfterTheRequestWasSent_isAnUnknownOutcome_andThenAlreadyThere(
            RealKeycloak kind) throws Exception {
        try (Relay relay = new Relay(kind.lab().port(), Optional.empty());
                Realm realm = new Realm(kind, folder).with("server", relay.url());
                Connector connector = realm.open()) {
            Person anna = Person.in(realm, "anna");
            Digest digest = realm.digest(1);
            relay.cutAfter =
                    kind == RealKeycloak.PLAIN ? "PUT /admin/" : "/passbridge/passwords HTTP";
            ConnectorException failure =
                    catchThrowableOfType(
                            ConnectorException.class,
                            () -> apply(target(connector), anna.update(1, digest)));
            assertThat(failure.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
            relay.cutAfter = "";
            assertThat(apply(target(connector), anna.update(1, digest))).isEqualTo(Outcome.ALREADY);
            assertThat(anna.signIn("Password-1")).isEqualTo(Attempt.SIGNED_IN);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "good, -1d, 90, true, ''",
        "unknown, -1d, 90, false, caFile",
        "old, -9d, 3, true, renew"
    })
    void certificate_isBelievedOnlyIfItIsTrustedAndValid(
            String name, String start, int days, boolean trusted, String remedy) throws Exception {
        Identity identity = Identity.of(folder, name, "EC", start, days);
        try (Relay relay =
                        new Relay(
                                RealKeycloak.PROVIDER.lab().port(),
                                Optional.of(identity.context()));
                Realm realm =
                        new Realm(RealKeycloak.PROVIDER, folder).with("server", relay.url())) {
            if (trusted) {
                realm.with("caFile", identity.authority().toString());
            }
            if (remedy.isEmpty()) {
                try (Connector connector = realm.open()) {
                    assertThat(connector.test())
                            .noneMatch(finding -> finding.severity() == Severity.ERROR)
                            .extracting(Finding::text)
                            .anyMatch(text -> text.contains("valid for 88 days more"));
                }
            } else {
                ConnectorException failure = failure(realm);
                assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
                assertThat(failure).hasMessageContaining(remedy);
            }
        }
    }

    @Test
    void wrongSecret_isAQuestionOfTheAccount() throws Exception {
        try (Realm realm = new Realm(RealKeycloak.PROVIDER, folder).withSecret("wrong")) {
            ConnectorException failure = failure(realm);
            assertThat(failure.kind()).isEqualTo(Kind.AUTHENTICATION);
            assertThat(failure).hasMessageContaining("account:set cloud");
        }
    }

    @ParameterizedTest
    @CsvSource({"RSA, RS256", "EC, ES256"})
    void privateKeyJwt_signsIn_andAnotherKeyDoesNot(String kind, String algorithm)
            throws Exception {
        Identity known = Identity.of(folder, "known", kind, "-1d", 9);
        Identity unknown = Identity.of(folder, "unknown", kind, "-1d", 9);
        for (Identity used : List.of(known, unknown)) {
            try (Realm realm =
                    new Realm(RealKeycloak.PROVIDER, folder)
                            .with("authentication", "private-key-jwt")
                            .withSecret(pem(used.key()))) {
                realm.trustKey(known.certificate(), algorithm);
                if (used == known) {
                    try (Connector connector = realm.open()) {
                        assertThat(connector.test())
                                .noneMatch(finding -> finding.severity() == Severity.ERROR);
                    }
                } else {
                    assertThat(failure(realm).kind()).isEqualTo(Kind.AUTHENTICATION);
                }
            }
        }
    }

    private static String pem(PrivateKey key) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    @Test
    void accountWithoutTheRole_isToldWhichOneItNeeds() throws Exception {
        try (Realm realm = new Realm(RealKeycloak.PROVIDER, folder)) {
            realm.takeRolesAway();
            ConnectorException failure = failure(realm);
            assertThat(failure.kind()).isEqualTo(Kind.PERMISSION);
            assertThat(failure).hasMessageContaining("manage-users");
        }
    }
}
