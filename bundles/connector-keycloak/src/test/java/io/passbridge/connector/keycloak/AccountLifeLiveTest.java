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
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
