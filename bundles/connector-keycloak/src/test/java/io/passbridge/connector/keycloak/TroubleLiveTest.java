/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import static io.passbridge.connector.keycloak.Person.apply;
import static io.passbridge.connector.keycloak.Person.applyUntilDone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.Account;
import io.passbridge.credential.Digest;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.health.Finding;
import io.passbridge.health.Finding.Severity;
import io.passbridge.itests.lab.Identity;
import io.passbridge.itests.lab.KeycloakLab;
import io.passbridge.itests.lab.KeycloakLab.Attempt;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
                Person person = people.get(i);
                assertThat(person.signIn("First-" + i))
                        .as(() -> whatIsThere(realm, person))
                        .isEqualTo(Attempt.SIGNED_IN);
            }
        }
    }

    /** What Keycloak has of a person, and the reason of the refusal in its log. */
    private static String whatIsThere(Realm realm, Person person) {
        try {
            List<String> log = RealKeycloak.PROVIDER.lab().log().lines().toList();
            return String.join(
                    System.lineSeparator(),
                    realm.user(person.anchor()).toString(),
                    realm.storedDigest(person.anchor()).orElse("no password"),
                    String.join(
                            System.lineSeparator(),
                            log.subList(Math.max(0, log.size() - 10), log.size())));
        } catch (Exception e) {
            return e.toString();
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
                            .withSecret(used.keyInPem())) {
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

    @Test
    void tooManyRightsAndNamesThatAreFixed_areTold() throws Exception {
        try (Realm realm = new Realm(RealKeycloak.PROVIDER, folder);
                Connector connector = realm.open()) {
            assertThat(connector.test()).noneMatch(f -> f.severity() == Severity.WARNING);
            realm.giveRole("realm-management", "view-events");
            KeycloakLab.good(realm.admin("PUT", "", "{\"editUsernameAllowed\":false}"));
            assertThat(warnings(connector))
                    .anyMatch(text -> text.contains("more rights than it needs: view-events"))
                    .anyMatch(text -> text.contains("forbids to change user names"));
            realm.giveRole("realm-management", "realm-admin");
            assertThat(warnings(connector))
                    .anyMatch(text -> text.contains("realm-admin: it administers the whole"));
        }
    }

    @Test
    void clocksThatDiffer_areTold() throws Exception {
        try (Realm realm = new Realm(RealKeycloak.PROVIDER, folder);
                Connector connector = realm.open()) {
            realm.context().withClock(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(45)));
            assertThat(warnings(connector)).singleElement().asString().contains("s apart; 30 s");
        }
    }

    private static List<String> warnings(Connector connector) {
        return connector.test().stream()
                .filter(finding -> finding.severity() == Severity.WARNING)
                .peek(finding -> assertThat(finding.remedy()).isNotBlank())
                .map(Finding::text)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void readingAlone_isToldAsTooLittle(RealKeycloak kind) throws Exception {
        try (Realm realm = new Realm(kind, folder);
                Connector connector = realm.open()) {
            realm.takeRolesAway();
            realm.giveRole("realm-management", "view-users");
            assertThat(connector.test())
                    .filteredOn(finding -> finding.severity() == Severity.ERROR)
                    .anyMatch(finding -> finding.text().contains("cannot write them"))
                    .allMatch(finding -> finding.remedy().contains("assign manage-users"));
        }
    }

    @Test
    void attributeThatTheRealmWouldDrop_isRefused_notLostInSilence() throws Exception {
        try (Realm realm = new Realm(RealKeycloak.PROVIDER, folder);
                Connector connector = realm.open()) {
            String profile = realm.get("/users/profile").toString();
            KeycloakLab.good(
                    realm.admin(
                            "PUT",
                            "/users/profile",
                            profile.replace(
                                            "\"unmanagedAttributePolicy\":\"ADMIN_EDIT\"",
                                            "\"unmanagedAttributePolicy\":\"ADMIN_VIEW\"")
                                    .replaceFirst(
                                            "\"attributes\":\\[",
                                            "\"attributes\":[{\"name\":\"sourceAnchor\","
                                                    + "\"permissions\":{\"view\":[\"admin\"],"
                                                    + "\"edit\":[\"admin\"]}},")));
            Account plain = Account.named(new SourceAnchor("anchor-of-anna"), "anna");
            Account more =
                    new Account(
                            new SourceAnchor("anchor-of-bert"),
                            "bert",
                            List.of(),
                            "",
                            "",
                            "",
                            "",
                            Map.of("title", List.of("Chief")));
            List<ItemOutcome> outcomes =
                    connector
                            .capability(AccountTarget.class)
                            .orElseThrow()
                            .provision(List.of(more, plain));
            assertThat(outcomes)
                    .extracting(ItemOutcome::outcome)
                    .containsExactly(Outcome.REJECTED, Outcome.APPLIED);
            assertThat(outcomes.get(0).detail()).contains("title", "Unmanaged attributes");
            assertThat(connector.test())
                    .extracting(Finding::text)
                    .anyMatch(text -> text.contains("keeps declared attributes only"));
        }
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
