/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import static io.passbridge.connector.keycloak.Person.apply;
import static io.passbridge.connector.keycloak.Person.applyUntilDone;
import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.Connector;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.keycloak.session.Json;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.Digest;
import io.passbridge.itests.lab.KeycloakLab;
import io.passbridge.itests.lab.KeycloakLab.Attempt;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people can do at the token endpoint of a real Keycloak after a write. */
@Tag("live")
@EnabledIf("io.passbridge.itests.lab.KeycloakLab#possible")
class SignInLiveTest {
    @TempDir Path folder;

    /** A test over a realm. */
    @FunctionalInterface
    private interface Check {
        void on(Realm realm, PasswordTarget target) throws Exception;
    }

    private void with(RealKeycloak kind, Check check) throws Exception {
        with(new Realm(kind, folder), check);
    }

    private static void with(Realm fresh, Check check) throws Exception {
        try (Realm realm = fresh;
                Connector connector = realm.open()) {
            check.on(realm, connector.capability(PasswordTarget.class).orElseThrow());
        }
    }

    private static Digest digest(RealKeycloak kind, String password) {
        return kind == RealKeycloak.PLAIN ? Passwords.pbkdf2(password) : Passwords.pph1(password);
    }

    @ParameterizedTest
    @EnumSource
    void newPassword_signsIn_andTheFormerIsRefusedAtOnce(RealKeycloak kind) throws Exception {
        with(
                kind,
                (realm, target) -> {
                    Person anna = Person.in(realm, "anna");
                    apply(target, anna.update(1, digest(kind, "First-1!")));
                    assertThat(anna.signIn("First-1!")).isEqualTo(Attempt.SIGNED_IN);
                    assertThat(applyUntilDone(target, anna.update(2, digest(kind, "Zweites-ü€𝄞"))))
                            .isEqualTo(Outcome.APPLIED);
                    assertThat(anna.signIn("First-1!")).isEqualTo(Attempt.REFUSED);
                    assertThat(anna.signIn("Zweites-ü€𝄞")).isEqualTo(Attempt.SIGNED_IN);
                    assertThat(apply(target, anna.update(1, digest(kind, "First-1!"))))
                            .isEqualTo(Outcome.CONFLICT);
                    assertThat(anna.signIn("First-1!")).isEqualTo(Attempt.REFUSED);
                    assertThat(anna.signIn("Zweites-ü€𝄞")).isEqualTo(Attempt.SIGNED_IN);
                });
    }

    @Test
    void passedThroughValue_signsIn() throws Exception {
        with(
                RealKeycloak.PROVIDER,
                (realm, target) -> {
                    Person anna = Person.in(realm, "anna");
                    apply(target, anna.update(1, Passwords.ssha("First-1!")));
                    assertThat(anna.signIn("First-1!")).isEqualTo(Attempt.SIGNED_IN);
                    assertThat(anna.signIn("first-1!")).isEqualTo(Attempt.REFUSED);
                });
    }

    @ParameterizedTest
    @EnumSource
    void disabledExpiredOrMustChange_isNotLetIn_untilItIsTakenBack(RealKeycloak kind)
            throws Exception {
        with(
                kind,
                (realm, target) -> {
                    Person anna = Person.in(realm, "anna");
                    Digest digest = digest(kind, "First-1!");
                    int version = 0;
                    for (Flag flag :
                            List.of(
                                    Flag.DISABLED,
                                    Flag.ACCOUNT_EXPIRED,
                                    Flag.MUST_CHANGE_PASSWORD)) {
                        applyUntilDone(target, anna.update(++version, digest, flag));
                        assertThat(anna.signIn("First-1!"))
                                .as(flag.name())
                                .isEqualTo(
                                        flag == Flag.MUST_CHANGE_PASSWORD
                                                ? Attempt.NOT_SET_UP
                                                : Attempt.DISABLED);
                        applyUntilDone(target, anna.stateOnly(++version));
                        assertThat(anna.signIn("First-1!")).isEqualTo(Attempt.SIGNED_IN);
                    }
                });
    }

    @ParameterizedTest
    @EnumSource
    void brokenAndUnknownDigests_harmOnlyTheirUsers(RealKeycloak kind) throws Exception {
        with(
                kind,
                (realm, target) -> {
                    Person anna = Person.in(realm, "anna");
                    Person bert = Person.in(realm, "bert");
                    Person carl = Person.in(realm, "carl");
                    String scheme = digest(kind, "x").scheme();
                    List<ItemOutcome> outcomes =
                            target.apply(
                                    List.of(
                                            anna.update(1, new Digest(scheme, "{PBKDF2-SHA256}x")),
                                            bert.update(1, new Digest("PPH9", "v9;PPH9,00;")),
                                            carl.update(1, digest(kind, "First-1!"))));
                    assertThat(outcomes)
                            .extracting(ItemOutcome::outcome)
                            .containsExactly(Outcome.REJECTED, Outcome.REJECTED, Outcome.APPLIED);
                    assertThat(carl.signIn("First-1!")).isEqualTo(Attempt.SIGNED_IN);
                    assertThat(anna.signIn("x")).isEqualTo(Attempt.REFUSED);
                });
    }

    @ParameterizedTest
    @EnumSource
    void passwordSetInKeycloak_staysUntilTheSourcesIsNewer_butNobodyDisabledIsLetIn(
            RealKeycloak kind) throws Exception {
        with(
                kind,
                (realm, target) -> {
                    Person anna = Person.in(realm, "anna");
                    Instant before = Instant.now().minusSeconds(60);
                    KeycloakLab.good(
                            realm.admin(
                                    "PUT",
                                    "/users/" + realm.id(anna.anchor()) + "/reset-password",
                                    "{\"type\":\"password\",\"value\":\"Own-1!\"}"));
                    var old = java.util.Optional.of(digest(kind, "First-1!"));
                    assertThat(apply(target, anna.update(1, before, old)))
                            .isEqualTo(Outcome.CONFLICT);
                    assertThat(anna.signIn("Own-1!")).isEqualTo(Attempt.SIGNED_IN);
                    assertThat(apply(target, anna.update(2, before, old, Flag.DISABLED)))
                            .isEqualTo(Outcome.CONFLICT);
                    assertThat(anna.signIn("Own-1!")).isEqualTo(Attempt.DISABLED);
                    assertThat(applyUntilDone(target, anna.update(3, digest(kind, "Second-1!"))))
                            .isEqualTo(Outcome.APPLIED);
                    assertThat(anna.signIn("Own-1!")).isEqualTo(Attempt.REFUSED);
                    assertThat(anna.signIn("Second-1!")).isEqualTo(Attempt.SIGNED_IN);
                });
    }

    @ParameterizedTest
    @EnumSource
    void sessions_endWithAChangedPassword_ifAsked(RealKeycloak kind) throws Exception {
        for (boolean ended : new boolean[] {true, false}) {
            with(
                    new Realm(kind, folder).with("endSessions", Boolean.toString(ended)),
                    (realm, target) -> {
                        Person anna = Person.in(realm, "anna");
                        apply(target, anna.update(1, digest(kind, "First-1!")));
                        String refresh = refreshToken(realm, "First-1!");
                        applyUntilDone(target, anna.update(2, digest(kind, "Second-1!")));
                        assertThat(
                                        kind.lab()
                                                .token(
                                                        realm.name(),
                                                        Map.of(
                                                                "grant_type", "refresh_token",
                                                                "client_id", "login",
                                                                "refresh_token", refresh))
                                                .statusCode())
                                .isEqualTo(ended ? 400 : 200);
                    });
        }
    }

    private static String refreshToken(Realm realm, String password) throws Exception {
        String answer =
                realm.token(
                        Map.of(
                                "grant_type", "password",
                                "client_id", "login",
                                "username", "anna",
                                "password", password));
        return Json.text(
                (JsonObject) Json.parse(answer.getBytes(StandardCharsets.UTF_8)).orElseThrow(),
                "refresh_token",
                "");
    }

    @ParameterizedTest
    @EnumSource
    void signInsAtTheMomentOfChanges_undoNone(RealKeycloak kind) throws Exception {
        // Keycloak itself would store the former password again
        with(kind, (realm, target) -> race(kind, realm, target, 12));
    }

    @Test
    void upgrade_storesKeycloaksOwnScheme_andUndoesNoChange() throws Exception {
        with(
                RealKeycloak.PROVIDER,
                (realm, target) -> {
                    KeycloakLab.good(
                            realm.admin(
                                    "PUT",
                                    "",
                                    "{\"attributes\":{\"passbridgeUpgrade\":\"true\"}}"));
                    Person anna = Person.in(realm, "anna");
                    apply(target, anna.update(1, Passwords.pph1("First-1!")));
                    assertThat(realm.storedDigest(anna.anchor()).orElseThrow()).contains("pph1");
                    assertThat(anna.signIn("First-1!")).isEqualTo(Attempt.SIGNED_IN);
                    assertThat(realm.storedDigest(anna.anchor()).orElseThrow()).contains("argon2");
                    assertThat(anna.signIn("First-1!")).isEqualTo(Attempt.SIGNED_IN);
                    assertThat(apply(target, anna.update(1, Passwords.pph1("First-1!"))))
                            .as("the version outlives the upgrade")
                            .isEqualTo(Outcome.ALREADY);
                    race(RealKeycloak.PROVIDER, realm, target, 12);
                });
    }

    @Test
    void historyThatThePolicyAsksFor_hasSynchronisedPasswordsToo() throws Exception {
        with(
                RealKeycloak.PROVIDER,
                (realm, target) -> {
                    KeycloakLab.good(
                            realm.admin("PUT", "", "{\"passwordPolicy\":\"passwordHistory(3)\"}"));
                    Person anna = Person.in(realm, "anna");
                    apply(target, anna.update(1, Passwords.pph1("First-1!")));
                    apply(target, anna.update(2, Passwords.pph1("Second-1!")));
                    assertThat(anna.signIn("Second-1!")).isEqualTo(Attempt.SIGNED_IN);
                    String path = "/users/" + realm.id(anna.anchor()) + "/reset-password";
                    String own = "{\"type\":\"password\",\"value\":\"%s\"}";
                    assertThat(realm.admin("PUT", path, own.formatted("First-1!")).statusCode())
                            .isEqualTo(400);
                    KeycloakLab.good(realm.admin("PUT", path, own.formatted("Third-1!")));
                    assertThat(anna.signIn("Third-1!")).isEqualTo(Attempt.SIGNED_IN);
                });
    }

    @Test
    void withoutUpgrade_theDigestStays() throws Exception {
        with(
                RealKeycloak.PROVIDER,
                (realm, target) -> {
                    Person anna = Person.in(realm, "anna");
                    apply(target, anna.update(1, Passwords.pph1("First-1!")));
                    assertThat(anna.signIn("First-1!")).isEqualTo(Attempt.SIGNED_IN);
                    assertThat(realm.storedDigest(anna.anchor()).orElseThrow()).contains("pph1");
                });
    }

    private static void race(RealKeycloak kind, Realm realm, PasswordTarget target, int rounds)
            throws Exception {
        Person bert = Person.in(realm, "racing-bert");
        apply(target, bert.update(1, digest(kind, "Password-1")));
        ExecutorService people = Executors.newFixedThreadPool(3);
        try {
            for (int version = 2; version <= rounds; version++) {
                String former = "Password-" + (version - 1);
                AtomicBoolean written = new AtomicBoolean();
                List<Future<?>> attempts = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    attempts.add(
                            people.submit(
                                    () -> {
                                        do {
                                            bert.signIn(former);
                                        } while (!written.get());
                                        return null;
                                    }));
                }
                Outcome outcome =
                        applyUntilDone(
                                target, bert.update(version, digest(kind, "Password-" + version)));
                written.set(true);
                for (Future<?> attempt : attempts) {
                    attempt.get();
                }
                assertThat(outcome).isEqualTo(Outcome.APPLIED);
                assertThat(bert.signIn("Password-" + version))
                        .as("round " + version)
                        .isEqualTo(Attempt.SIGNED_IN);
                assertThat(bert.signIn(former)).as("round " + version).isEqualTo(Attempt.REFUSED);
            }
        } finally {
            people.shutdownNow();
        }
    }
}
