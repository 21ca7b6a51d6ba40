/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.keycloak;

import static io.passbridge.connector.keycloak.Person.apply;
import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.itests.lab.KeycloakLab;
import io.passbridge.itests.lab.KeycloakLab.Attempt;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Users of a real realm from their first to their last day. */
@Tag("live")
@EnabledIf("io.passbridge.itests.lab.KeycloakLab#possible")
class AccountLifeLiveTest {
    private static final SourceAnchor ANNA = new SourceAnchor("anchor-of-anna");

    @TempDir Path folder;

    private static Account account(SourceAnchor anchor, String login) {
        return new Account(
                anchor, login, List.of(), "Anna Lee", "Anna", "Lee", login + "@example.org");
    }

    private static ItemOutcome provision(Connector connector, Account account) throws Exception {
        return connector
                .capability(AccountTarget.class)
                .orElseThrow()
                .provision(List.of(account))
                .get(0);
    }

    @Test
    void createdUser_signsIn_alsoAfterARename() throws Exception {
        try (Realm realm = new Realm(RealKeycloak.PROVIDER, folder);
                Connector connector = realm.open()) {
            assertThat(provision(connector, account(ANNA, "anna")).outcome())
                    .isEqualTo(Outcome.APPLIED);
            Person anna = new Person(realm, ANNA, "anna");
            PasswordTarget target = connector.capability(PasswordTarget.class).orElseThrow();
            apply(target, anna.update(1, Passwords.pph1("First-1!")));
            assertThat(anna.signIn("First-1!")).isEqualTo(Attempt.SIGNED_IN);
            assertThat(provision(connector, account(ANNA, "anna.lee")).outcome())
                    .isEqualTo(Outcome.APPLIED);
            assertThat(realm.signIn("anna.lee", "First-1!")).isEqualTo(Attempt.SIGNED_IN);
            assertThat(anna.signIn("First-1!")).isEqualTo(Attempt.REFUSED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void usersWhoExchangeTheirNames_haveThemAfterOneBatch(RealKeycloak kind) throws Exception {
        try (Realm realm = new Realm(kind, folder);
                Connector connector = realm.open()) {
            AccountTarget accounts = connector.capability(AccountTarget.class).orElseThrow();
            SourceAnchor bert = new SourceAnchor("anchor-of-bert");
            SourceAnchor carl = new SourceAnchor("anchor-of-carl");
            accounts.provision(
                    List.of(account(ANNA, "anna"), account(bert, "bert"), account(carl, "carl")));
            KeycloakLab.good(
                    realm.admin("POST", "/users", "{\"username\":\"dora\",\"enabled\":true}"));
            // the third one waits for somebody who stays
            assertThat(
                            accounts
                                    .provision(
                                            List.of(
                                                    account(ANNA, "bert"),
                                                    account(bert, "anna"),
                                                    account(carl, "dora")))
                                    .stream()
                                    .map(ItemOutcome::outcome))
                    .containsExactly(Outcome.APPLIED, Outcome.APPLIED, Outcome.CONFLICT);
            assertThat(named(realm, "bert")).contains("anchor-of-anna", "bert@example.org");
            assertThat(named(realm, "anna")).contains("anchor-of-bert", "anna@example.org");
            assertThat(named(realm, "carl")).contains("anchor-of-carl", "carl@example.org");
            // a name that is given away and taken in the same batch, in whatever order
            assertThat(
                            accounts
                                    .provision(
                                            List.of(account(carl, "anna"), account(bert, "emil")))
                                    .stream()
                                    .map(ItemOutcome::outcome))
                    .containsOnly(Outcome.APPLIED);
        }
    }

    private static String named(Realm realm, String username) throws Exception {
        return realm.get("/users?briefRepresentation=false&exact=true&username=" + username)
                .toString();
    }

    @ParameterizedTest
    @EnumSource
    void namesAndAddressThatWereMissing_areWrittenWhenTheyCome(RealKeycloak kind) throws Exception {
        try (Realm realm = new Realm(kind, folder);
                Connector connector = realm.open()) {
            provision(connector, Account.named(ANNA, "anna"));
            assertThat(provision(connector, account(ANNA, "anna")).outcome())
                    .isEqualTo(Outcome.APPLIED);
            assertThat(provision(connector, account(ANNA, "anna")).outcome())
                    .isEqualTo(Outcome.ALREADY);
            assertThat(named(realm, "anna"))
                    .contains("\"email\":\"anna@example.org\"", "\"firstName\":\"Anna\"");
        }
    }

    @Test
    void renameThatTheRealmForbids_saysWhatToTurnOn() throws Exception {
        try (Realm realm = new Realm(RealKeycloak.PROVIDER, folder);
                Connector connector = realm.open()) {
            KeycloakLab.good(realm.admin("PUT", "", "{\"editUsernameAllowed\":false}"));
            provision(connector, account(ANNA, "anna"));
            ItemOutcome outcome = provision(connector, account(ANNA, "anna.lee"));
            assertThat(outcome.outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(outcome.detail()).contains("Edit username");
        }
    }

    @ParameterizedTest
    @CsvSource({"disable, DISABLED", "delete, REFUSED"})
    void userDeletedAtTheSource_isDisabledOrDeleted(String deletions, Attempt attempt)
            throws Exception {
        try (Realm realm = new Realm(RealKeycloak.PROVIDER, folder).with("deletions", deletions);
                Connector connector = realm.open()) {
            Person anna = Person.in(realm, "anna");
            PasswordTarget target = connector.capability(PasswordTarget.class).orElseThrow();
            apply(target, anna.update(1, Passwords.pph1("First-1!")));
            assertThat(apply(target, anna.stateOnly(2, Flag.DELETED))).isEqualTo(Outcome.APPLIED);
            assertThat(anna.signIn("First-1!")).isEqualTo(attempt);
            assertThat(apply(target, anna.stateOnly(2, Flag.DELETED))).isEqualTo(Outcome.ALREADY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void userDeletedAtTheSource_isDisabledFirst_andDeletedSoManyDaysLater(RealKeycloak kind)
            throws Exception {
        Instant start = Instant.now();
        try (Realm realm = new Realm(kind, folder).with("deleteAfterDays", "30")) {
            Person anna = Person.in(realm, "anna");
            Person bert = Person.in(realm, "bert");
            Person carl = Person.in(realm, "carl");
            try (Connector connector = realm.open()) {
                PasswordTarget target = connector.capability(PasswordTarget.class).orElseThrow();
                for (Person person : List.of(anna, bert, carl)) {
                    apply(target, person.stateOnly(2, Flag.DELETED));
                }
                // one comes back, one is enabled by somebody
                apply(target, bert.stateOnly(3));
                apply(target, bert.stateOnly(4, Flag.DISABLED));
                KeycloakLab.good(
                        realm.admin(
                                "PUT", "/users/" + realm.id(carl.anchor()), "{\"enabled\":true}"));
                assertThat(realm.user(anna.anchor()).getBoolean("enabled")).isFalse();
            }
            for (int days : new int[] {29, 31}) {
                realm.context()
                        .withClock(Clock.fixed(start.plus(Duration.ofDays(days)), ZoneOffset.UTC));
                try (Connector connector = realm.open()) {
                    apply(
                            connector.capability(PasswordTarget.class).orElseThrow(),
                            bert.stateOnly(5 + days, Flag.DISABLED));
                }
                assertThat(realm.admin("GET", "/users/" + realm.id(anna.anchor()), "").statusCode())
                        .as("after %d days", days)
                        .isEqualTo(days < 30 ? 200 : 404);
            }
            realm.user(bert.anchor());
            realm.user(carl.anchor());
        }
    }

    @Test
    void matchOnly_takesOverWhoIsThere_andMakesNobody() throws Exception {
        try (Realm realm =
                        new Realm(RealKeycloak.PROVIDER, folder)
                                .with("users", "match-only")
                                .with("match", "username");
                Connector connector = realm.open()) {
            KeycloakLab.good(
                    realm.admin(
                            "POST",
                            "/users",
                            "{\"username\":\"anna\",\"enabled\":true,\"email\":\"a@example.org\","
                                    + "\"firstName\":\"A\",\"lastName\":\"B\"}"));
            assertThat(provision(connector, account(ANNA, "anna")).outcome())
                    .isEqualTo(Outcome.APPLIED);
            SourceAnchor bert = new SourceAnchor("anchor-of-bert");
            assertThat(provision(connector, account(bert, "bert")).outcome())
                    .isEqualTo(Outcome.NO_SUCH_USER);
            Person anna = new Person(realm, ANNA, "anna");
            apply(
                    connector.capability(PasswordTarget.class).orElseThrow(),
                    anna.update(1, Passwords.pph1("First-1!")));
            assertThat(anna.signIn("First-1!")).isEqualTo(Attempt.SIGNED_IN);
        }
    }
}
