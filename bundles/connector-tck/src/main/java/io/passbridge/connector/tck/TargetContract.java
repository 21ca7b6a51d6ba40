/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.Holding;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordHoldings;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.Digest;
import io.passbridge.credential.PasswordKind;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.credential.UserPassword;
import io.passbridge.hash.PassThrough;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every target keeps to: see {@link PasswordTarget}. */
public abstract class TargetContract extends LifecycleContract {
    private static final SourceAnchor ANNA =
            new SourceAnchor("11111111-0000-4000-8000-000000000001");
    private static final SourceAnchor BERT =
            new SourceAnchor("11111111-0000-4000-8000-000000000002");
    private static final AccountState DISABLED = AccountState.of(AccountState.Flag.DISABLED);

    @Override
    protected abstract TargetHarness harness(Path folder) throws Exception;

    /** A test over a system with two users. */
    @FunctionalInterface
    private interface Check {
        void on(TargetHarness harness, PasswordTarget target) throws Exception;
    }

    private void with(Path folder, Check check) throws Exception {
        try (TargetHarness harness = harness(folder)) {
            harness.addUser(ANNA, "anna");
            harness.addUser(BERT, "bert");
            try (Connector connector = harness.open()) {
                check.on(harness, harness.target(connector));
            }
        }
    }

    @Test
    void schemes_areNamedInTheFormOfDigests(@TempDir Path folder) throws Exception {
        with(
                folder,
                (harness, target) ->
                        assertThat(target.schemes())
                                .isNotEmpty()
                                .contains(harness.digest(1).scheme()));
    }

    @Test
    void apply_aNewVersion_storesIt(@TempDir Path folder) throws Exception {
        with(
                folder,
                (harness, target) -> {
                    assertThat(apply(target, update(ANNA, 10, harness.digest(1))))
                            .isEqualTo(Outcome.APPLIED);
                    Optional<String> first = harness.storedDigest(ANNA);
                    assertThat(first).isPresent();
                    assertThat(apply(target, update(ANNA, 11, harness.digest(2))))
                            .isEqualTo(Outcome.APPLIED);
                    assertThat(harness.storedDigest(ANNA)).isPresent().isNotEqualTo(first);
                });
    }

    @Test
    void apply_theSameAgain_isAlreadyThere(@TempDir Path folder) throws Exception {
        with(
                folder,
                (harness, target) -> {
                    PasswordUpdate update = update(ANNA, 10, harness.digest(1));
                    apply(target, update);
                    assertThat(apply(target, update)).isEqualTo(Outcome.ALREADY);
                });
    }

    @Test
    void apply_anOlderVersion_changesNothing(@TempDir Path folder) throws Exception {
        with(
                folder,
                (harness, target) -> {
                    apply(target, update(ANNA, 10, harness.digest(1)));
                    Optional<String> before = harness.storedDigest(ANNA);
                    assertThat(apply(target, update(ANNA, 9, harness.digest(2))))
                            .isEqualTo(Outcome.CONFLICT);
                    assertThat(harness.storedDigest(ANNA)).isEqualTo(before);
                });
    }

    @Test
    void apply_sequenceOutweighsTime(@TempDir Path folder) throws Exception {
        with(
                folder,
                (harness, target) -> {
                    PasswordUpdate later =
                            new PasswordUpdate(
                                    ANNA,
                                    new ChangeVersion(2, 5),
                                    Instant.EPOCH,
                                    AccountState.ACTIVE,
                                    Optional.of(harness.digest(1)));
                    PasswordUpdate earlier =
                            new PasswordUpdate(
                                    ANNA,
                                    new ChangeVersion(1, 500),
                                    Instant.EPOCH,
                                    AccountState.ACTIVE,
                                    Optional.of(harness.digest(2)));
                    assertThat(apply(target, later)).isEqualTo(Outcome.APPLIED);
                    assertThat(apply(target, earlier)).isEqualTo(Outcome.CONFLICT);
                });
    }

    @Test
    void apply_anotherStateAtTheSameVersion_isStored(@TempDir Path folder) throws Exception {
        with(
                folder,
                (harness, target) -> {
                    apply(target, update(ANNA, 10, harness.digest(1)));
                    PasswordUpdate disabled =
                            new PasswordUpdate(
                                    ANNA,
                                    new ChangeVersion(0, 10),
                                    Instant.EPOCH,
                                    DISABLED,
                                    Optional.of(harness.digest(1)));
                    assertThat(apply(target, disabled)).isEqualTo(Outcome.APPLIED);
                    assertThat(harness.maySignIn(ANNA, DISABLED)).isFalse();
                });
    }

    @Test
    void apply_theStateAlone_keepsTheDigest(@TempDir Path folder) throws Exception {
        with(
                folder,
                (harness, target) -> {
                    apply(target, update(ANNA, 10, harness.digest(1)));
                    Optional<String> before = harness.storedDigest(ANNA);
                    assertThat(apply(target, stateOnly(ANNA, 11, DISABLED)))
                            .isEqualTo(Outcome.APPLIED);
                    assertThat(harness.storedDigest(ANNA)).isEqualTo(before);
                    assertThat(harness.maySignIn(ANNA, DISABLED)).isFalse();
                    assertThat(apply(target, stateOnly(ANNA, 12, AccountState.ACTIVE)))
                            .isEqualTo(Outcome.APPLIED);
                    assertThat(harness.maySignIn(ANNA, AccountState.ACTIVE)).isTrue();
                });
    }

    @Test
    void holdings_tellOfEverybodyWhatTheSystemHolds(@TempDir Path folder) throws Exception {
        try (TargetHarness harness = harness(folder)) {
            harness.addUser(ANNA, "anna");
            harness.addUser(BERT, "bert");
            try (Connector connector = harness.open()) {
                Optional<PasswordHoldings> holdings = connector.capability(PasswordHoldings.class);
                Assumptions.assumeTrue(
                        holdings.isPresent(), "this target does not say what it holds");
                PasswordTarget target = harness.target(connector);
                apply(target, update(ANNA, 10, harness.digest(1)));
                SourceAnchor nobody = new SourceAnchor("nobody");
                List<Holding> held = holdings.get().holdings(List.of(nobody, BERT, ANNA));
                assertThat(held).extracting(Holding::anchor).containsExactly(nobody, BERT, ANNA);
                assertThat(held.get(0)).isInstanceOf(Holding.Absent.class);
                assertHeld(held.get(1), target, false);
                assertHeld(held.get(2), target, true);
                apply(target, stateOnly(ANNA, 11, DISABLED));
                Holding closed = holdings.get().holdings(List.of(ANNA)).get(0);
                assertThat(
                                closed instanceof Holding.Held it && it.open()
                                        || closed instanceof Holding.Vouched by && by.open())
                        .as("whether %s is open", closed)
                        .isFalse();
            }
        }
    }

    private static void assertHeld(Holding held, PasswordTarget target, boolean password)
            throws Exception {
        if (held instanceof Holding.Held it) {
            assertThat(it.digest().isPresent()).isEqualTo(password);
            if (password) {
                assertThat(it.open()).isTrue();
                assertThat(target.schemes()).contains(it.digest().get().scheme());
            }
        } else if (held instanceof Holding.Vouched by) {
            assertThat(by.version())
                    .isEqualTo(password ? Optional.of(new ChangeVersion(0, 10)) : Optional.empty());
        } else {
            assertThat(held).isInstanceOf(Holding.Unreadable.class);
            assertThat(password).as("whether a password is there").isFalse();
        }
    }

    @Test
    void apply_toAnUnknownUser_saysSo(@TempDir Path folder) throws Exception {
        with(
                folder,
                (harness, target) ->
                        assertThat(
                                        apply(
                                                target,
                                                update(
                                                        new SourceAnchor("nobody"),
                                                        10,
                                                        harness.digest(1))))
                                .isEqualTo(Outcome.NO_SUCH_USER));
    }

    @Test
    void apply_aBatch_answersEachItemInItsOrder(@TempDir Path folder) throws Exception {
        with(
                folder,
                (harness, target) -> {
                    apply(target, update(BERT, 20, harness.digest(1)));
                    SourceAnchor nobody = new SourceAnchor("nobody");
                    List<ItemOutcome> outcomes =
                            target.apply(
                                    List.of(
                                            update(nobody, 1, harness.digest(1)),
                                            update(BERT, 19, harness.digest(2)),
                                            update(ANNA, 1, harness.digest(3))));
                    assertThat(outcomes)
                            .extracting(ItemOutcome::anchor)
                            .containsExactly(nobody, BERT, ANNA);
                    assertThat(outcomes)
                            .extracting(ItemOutcome::outcome)
                            .containsExactly(
                                    Outcome.NO_SUCH_USER, Outcome.CONFLICT, Outcome.APPLIED);
                });
    }

    @Test
    void apply_aFullBatch_isTaken(@TempDir Path folder) throws Exception {
        with(
                folder,
                (harness, target) -> {
                    List<PasswordUpdate> batch = new ArrayList<>();
                    for (int i = 0; i < 999; i++) {
                        batch.add(update(new SourceAnchor("nobody" + i), 1, harness.digest(1)));
                    }
                    batch.add(update(ANNA, 1, harness.digest(1)));
                    List<ItemOutcome> outcomes = target.apply(batch);
                    assertThat(outcomes).hasSize(1_000);
                    assertThat(outcomes.get(999).outcome()).isEqualTo(Outcome.APPLIED);
                });
    }

    @Test
    void apply_aSchemeThatIsNotListed_neverStoresIt(@TempDir Path folder) throws Exception {
        with(
                folder,
                (harness, target) -> {
                    apply(target, update(ANNA, 10, harness.digest(1)));
                    Optional<String> before = harness.storedDigest(ANNA);
                    Digest foreign = new Digest("NOBODYS-SCHEME", "{NOBODYS-SCHEME}abcdef");
                    try {
                        assertThat(apply(target, update(ANNA, 11, foreign)))
                                .isEqualTo(Outcome.REJECTED);
                    } catch (ConnectorException refused) {
                        assertThat(refused.kind())
                                .isEqualTo(ConnectorException.Kind.SCHEME_UNSUPPORTED);
                    }
                    assertThat(harness.storedDigest(ANNA)).isEqualTo(before);
                });
    }

    /** In step means that the person can sign in. */
    @Test
    void apply_whatIsAppliedOfEachListedScheme_canBeSignedInWith(@TempDir Path folder)
            throws Exception {
        with(
                folder,
                (harness, target) -> {
                    int version = 0;
                    Set<String> tried = new TreeSet<>();
                    for (SourcePassword row : SourcePassword.table()) {
                        Optional<Digest> digest;
                        try (UserPassword credential = row.delivered()) {
                            digest = PassThrough.decide(credential, target.schemes()).digest();
                        }
                        if (digest.isEmpty()) {
                            continue; // the target does not list it
                        }
                        Outcome outcome = apply(target, update(ANNA, ++version, digest.get()));
                        assertThat(outcome)
                                .as("%s", row)
                                .isEqualTo(row.good() ? Outcome.APPLIED : Outcome.REJECTED);
                        if (row.good()) {
                            tried.add(digest.get().scheme());
                            assertThat(harness.signsIn("anna", row.password()).orElse(true))
                                    .as("%s signs in", row)
                                    .isTrue();
                        }
                    }
                    Set<String> listed = new TreeSet<>(target.schemes());
                    listed.removeIf(
                            scheme ->
                                    PasswordKind.withText(scheme)
                                            .filter(PasswordKind::mayPass)
                                            .isEmpty());
                    assertThat(tried).as("every kind that is listed").containsAll(listed);
                });
    }

    @Test
    void apply_overANewConnector_knowsWhatWasStored(@TempDir Path folder) throws Exception {
        try (TargetHarness harness = harness(folder)) {
            harness.addUser(ANNA, "anna");
            PasswordUpdate update = update(ANNA, 10, harness.digest(1));
            try (Connector connector = harness.open()) {
                apply(harness.target(connector), update);
            }
            try (Connector connector = harness.open()) {
                assertThat(apply(harness.target(connector), update)).isEqualTo(Outcome.ALREADY);
                assertThat(apply(harness.target(connector), update(ANNA, 9, harness.digest(2))))
                        .isEqualTo(Outcome.CONFLICT);
            }
        }
    }

    @Test
    void calls_afterClose_failWithAConnectorException(@TempDir Path folder) throws Exception {
        try (TargetHarness harness = harness(folder)) {
            Connector connector = harness.open();
            PasswordTarget target = harness.target(connector);
            connector.close();
            assertThatThrownBy(() -> target.apply(List.of(update(ANNA, 1, harness.digest(1)))))
                    .isInstanceOf(ConnectorException.class);
        }
    }

    private static Outcome apply(PasswordTarget target, PasswordUpdate update)
            throws ConnectorException {
        List<ItemOutcome> outcomes = target.apply(List.of(update));
        assertThat(outcomes).hasSize(1);
        assertThat(outcomes.get(0).anchor()).isEqualTo(update.anchor());
        return outcomes.get(0).outcome();
    }

    private static PasswordUpdate update(SourceAnchor anchor, long time, Digest digest) {
        return new PasswordUpdate(
                anchor,
                new ChangeVersion(0, time),
                Instant.EPOCH,
                AccountState.ACTIVE,
                Optional.of(digest));
    }

    private static PasswordUpdate stateOnly(SourceAnchor anchor, long time, AccountState state) {
        return new PasswordUpdate(
                anchor, new ChangeVersion(0, time), Instant.EPOCH, state, Optional.empty());
    }
}
