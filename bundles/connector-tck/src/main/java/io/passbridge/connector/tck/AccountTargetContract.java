/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.AccountRehearsal;
import io.passbridge.connector.AccountTarget;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.credential.Account;
import io.passbridge.credential.SourceAnchor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every target that creates users keeps to: see {@link AccountTarget}. */
public abstract class AccountTargetContract {
    private static final SourceAnchor ANNA =
            new SourceAnchor("22222222-0000-4000-8000-000000000001");
    private static final SourceAnchor BERT =
            new SourceAnchor("22222222-0000-4000-8000-000000000002");

    /** The harness of the connector under test, over a system without users. */
    protected abstract TargetHarness harness(Path folder) throws Exception;

    @Test
    void provision_creates_andIsIdempotent(@TempDir Path folder) throws Exception {
        try (TargetHarness harness = harness(folder);
                Connector connector = harness.open()) {
            AccountTarget target = target(connector);
            List<Account> batch = List.of(account(ANNA, "anna"), account(BERT, "bert"));
            List<ItemOutcome> first = target.provision(batch);
            assertThat(first).extracting(ItemOutcome::anchor).containsExactly(ANNA, BERT);
            assertThat(first).extracting(ItemOutcome::outcome).containsOnly(Outcome.APPLIED);
            assertThat(target.provision(batch))
                    .extracting(ItemOutcome::outcome)
                    .containsOnly(Outcome.ALREADY);
        }
    }

    @Test
    void provision_anotherName_updatesTheUser(@TempDir Path folder) throws Exception {
        try (TargetHarness harness = harness(folder);
                Connector connector = harness.open()) {
            AccountTarget target = target(connector);
            target.provision(List.of(account(ANNA, "anna")));
            assertThat(target.provision(List.of(account(ANNA, "anna.lee"))))
                    .extracting(ItemOutcome::outcome)
                    .containsExactly(Outcome.APPLIED);
            assertThat(target.provision(List.of(account(ANNA, "anna.lee"))))
                    .extracting(ItemOutcome::outcome)
                    .containsExactly(Outcome.ALREADY);
        }
    }

    @Test
    void provision_aTakenName_isAConflictAndHoldsUpNobody(@TempDir Path folder) throws Exception {
        try (TargetHarness harness = harness(folder);
                Connector connector = harness.open()) {
            AccountTarget target = target(connector);
            target.provision(List.of(account(ANNA, "anna")));
            SourceAnchor other = new SourceAnchor("22222222-0000-4000-8000-000000000003");
            assertThat(target.provision(List.of(account(other, "anna"), account(BERT, "bert"))))
                    .extracting(ItemOutcome::outcome)
                    .containsExactly(Outcome.CONFLICT, Outcome.APPLIED);
        }
    }

    @Test
    void provision_freeAttributes_areKeptUpToDate(@TempDir Path folder) throws Exception {
        try (TargetHarness harness = harness(folder);
                Connector connector = harness.open()) {
            AccountTarget target = target(connector);
            target.provision(List.of(with("title", "Clerk"), account(BERT, "bert")));
            assertThat(harness.attribute(ANNA, "title")).containsExactly("Clerk");
            assertThat(target.provision(List.of(with("title", "Clerk"))))
                    .extracting(ItemOutcome::outcome)
                    .containsExactly(Outcome.ALREADY);
            if (harness.takesSeveralValues()) {
                keepsSeveralValues(harness, target);
            }
            assertThat(target.provision(List.of(account(ANNA, "anna"))))
                    .as("an attribute that is not declared stays")
                    .extracting(ItemOutcome::outcome)
                    .containsExactly(Outcome.ALREADY);
            assertThat(target.provision(List.of(with("title"))))
                    .as("one that the user has no more goes")
                    .extracting(ItemOutcome::outcome)
                    .containsExactly(Outcome.APPLIED);
            assertThat(harness.attribute(ANNA, "title")).isEmpty();
        }
    }

    private static void keepsSeveralValues(TargetHarness harness, AccountTarget target)
            throws Exception {
        assertThat(target.provision(List.of(with("title", "Chief", "Pilot"))))
                .extracting(ItemOutcome::outcome)
                .containsExactly(Outcome.APPLIED);
        assertThat(harness.attribute(ANNA, "title")).containsExactlyInAnyOrder("Chief", "Pilot");
        assertThat(target.provision(List.of(with("title", "Pilot", "Chief"))))
                .as("the order of the values says nothing")
                .extracting(ItemOutcome::outcome)
                .containsExactly(Outcome.ALREADY);
    }

    @Test
    void rehearsal_saysWhatWouldHappen_andChangesNothing(@TempDir Path folder) throws Exception {
        try (TargetHarness harness = harness(folder);
                Connector connector = harness.open()) {
            Optional<AccountRehearsal> rehearsal = connector.capability(AccountRehearsal.class);
            Assumptions.assumeTrue(rehearsal.isPresent(), "the target rehearses nothing");
            AccountTarget target = target(connector);
            target.provision(List.of(with("title", "Clerk")));
            List<Account> batch =
                    List.of(
                            new Account(
                                    ANNA,
                                    "anna.lee",
                                    List.of(),
                                    "Somebody",
                                    "Some",
                                    "Body",
                                    "",
                                    Map.of("title", List.of("Chief"))),
                            account(BERT, "bert"));
            for (int i = 0; i < 2; i++) {
                List<ItemOutcome> outcomes = rehearsal.get().rehearse(batch);
                assertThat(outcomes)
                        .extracting(ItemOutcome::outcome)
                        .containsExactly(Outcome.APPLIED, Outcome.APPLIED);
                assertThat(outcomes.get(0).detail())
                        .contains("'anna' → 'anna.lee'")
                        .contains("title 'Clerk' → 'Chief'");
                assertThat(outcomes.get(1).detail()).isNotEmpty();
            }
            assertThat(harness.attribute(ANNA, "title")).containsExactly("Clerk");
            assertThat(rehearsal.get().rehearse(List.of(with("title", "Clerk"))))
                    .extracting(ItemOutcome::outcome)
                    .containsExactly(Outcome.ALREADY);
            assertThat(target.provision(batch))
                    .extracting(ItemOutcome::outcome)
                    .containsExactly(Outcome.APPLIED, Outcome.APPLIED);
        }
    }

    private static Account with(String attribute, String... values) {
        return new Account(
                ANNA,
                "anna",
                List.of(),
                "Somebody",
                "Some",
                "Body",
                "",
                Map.of(attribute, List.of(values)));
    }

    private static AccountTarget target(Connector connector) {
        return connector.capability(AccountTarget.class).orElseThrow();
    }

    private static Account account(SourceAnchor anchor, String login) {
        return new Account(anchor, login, List.of(), "Somebody", "Some", "Body", "");
    }
}
