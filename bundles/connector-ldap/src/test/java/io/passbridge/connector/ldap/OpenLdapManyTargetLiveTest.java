/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.Account;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.itests.lab.OpenLdapLab;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many people into an OpenLDAP server that has none. {@code -Dldap.people=10000} takes that many
 * and prints the figures.
 */
@OnOpenLdap
class OpenLdapManyTargetLiveTest {
    private static final int PEOPLE = Integer.getInteger("ldap.people", 300);
    private static final int BATCH = 100;

    /** Writes one batch. */
    @FunctionalInterface
    private interface Write<I> {
        List<ItemOutcome> of(List<I> batch) throws Exception;
    }

    @Test
    void everybodyIsMade_getsThePassword_andIsThereTheSecondTime(@TempDir Path folder)
            throws Exception {
        try (OpenLdapLab lab = OpenLdapLab.start();
                LiveTarget ldap = new LiveTarget(lab, folder, "users", "create");
                Connector connector = ldap.open()) {
            AccountTarget accounts = connector.capability(AccountTarget.class).orElseThrow();
            PasswordTarget passwords = connector.capability(PasswordTarget.class).orElseThrow();
            List<Account> people = new ArrayList<>();
            List<PasswordUpdate> updates = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) {
                SourceAnchor anchor = new SourceAnchor("anchor-" + i);
                people.add(Account.named(anchor, "u" + i));
                updates.add(
                        new PasswordUpdate(
                                anchor,
                                new ChangeVersion(0, 1),
                                Instant.EPOCH,
                                AccountState.ACTIVE,
                                Optional.of(ldap.digest(i))));
            }
            all("made", people, accounts::provision, Outcome.APPLIED);
            all("given passwords", updates, passwords::apply, Outcome.APPLIED);
            all("looked at again", people, accounts::provision, Outcome.ALREADY);
            all("with passwords", updates, passwords::apply, Outcome.ALREADY);
            for (int i = 0; i < PEOPLE; i += PEOPLE / 10) {
                assertThat(ldap.signsIn("u" + i, "Contract-Password-" + i)).contains(true);
            }
        }
    }

    private static <I> void all(String what, List<I> items, Write<I> write, Outcome expected)
            throws Exception {
        long began = System.nanoTime();
        for (int from = 0; from < items.size(); from += BATCH) {
            assertThat(write.of(items.subList(from, Math.min(items.size(), from + BATCH))))
                    .extracting(ItemOutcome::outcome)
                    .containsOnly(expected);
        }
        if (PEOPLE >= 10_000) {
            double seconds = (System.nanoTime() - began) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "%d people %s: %.0f a second%n",
                    items.size(),
                    what,
                    items.size() / seconds);
        }
    }
}
