/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.connector.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ChangePage;
import io.passbridge.connector.Connector;
import io.passbridge.connector.ConnectorException;
import io.passbridge.connector.ConnectorException.Kind;
import io.passbridge.connector.ItemOutcome;
import io.passbridge.connector.PasswordSource;
import io.passbridge.connector.PasswordTarget;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.connector.Watermark;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.CredentialChange;
import io.passbridge.credential.NtHash;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.health.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultyConnectorTest {
    private final List<SourceAnchor> written = new ArrayList<>();

    /** A source of four users and a target that notes what it is given. */
    private final class Both implements Connector, PasswordSource, PasswordTarget {
        @Override
        public <C> Optional<C> capability(Class<C> type) {
            return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
        }

        @Override
        public ChangePage changes(Watermark after, int limit) {
            return new ChangePage(read(anchors(4)), Watermark.of(new byte[] {1}), false, true, 4);
        }

        @Override
        public List<CredentialChange> read(Collection<SourceAnchor> anchors) {
            return anchors.stream()
                    .map(
                            anchor ->
                                    new CredentialChange(
                                            anchor,
                                            new ChangeVersion(0, 1),
                                            Instant.EPOCH,
                                            AccountState.ACTIVE,
                                            Optional.of(NtHash.owning(new byte[16])),
                                            Optional.empty()))
                    .toList();
        }

        @Override
        public Set<String> schemes() {
            return Set.of("pph1");
        }

        @Override
        public List<ItemOutcome> apply(List<PasswordUpdate> batch) {
            batch.forEach(update -> written.add(update.anchor()));
            return batch.stream().map(update -> ItemOutcome.applied(update.anchor())).toList();
        }

        @Override
        public List<Finding> test() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    private static List<SourceAnchor> anchors(int count) {
        List<SourceAnchor> anchors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            anchors.add(new SourceAnchor("u" + i));
        }
        return anchors;
    }

    private static List<PasswordUpdate> batch() {
        return anchors(4).stream()
                .map(
                        anchor ->
                                new PasswordUpdate(
                                        anchor,
                                        new ChangeVersion(0, 1),
                                        Instant.EPOCH,
                                        AccountState.ACTIVE,
                                        Optional.empty()))
                .toList();
    }

    private PasswordSource source(FaultPlan plan) {
        return new FaultyConnector(new Both(), plan).capability(PasswordSource.class).orElseThrow();
    }

    private PasswordTarget target(FaultPlan plan) {
        return new FaultyConnector(new Both(), plan).capability(PasswordTarget.class).orElseThrow();
    }

    private static void fails(
            Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ConnectorException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void changes_goWrongAsPlanned_andThenRight() throws Exception {
        FaultPlan plan =
                FaultPlan.none()
                        .letThrough(FaultPlan.Operation.CHANGES, 1)
                        .next(
                                FaultPlan.Operation.CHANGES,
                                Fault.DROP,
                                Fault.TRUNCATE,
                                Fault.EXPIRE_WATERMARK,
                                Fault.DUPLICATE,
                                Fault.DELAY);
        PasswordSource source = source(plan);
        assertThat(source.changes(Watermark.BEGINNING, 10).changes()).hasSize(4);
        fails(Kind.UNREACHABLE, () -> source.changes(Watermark.BEGINNING, 10));
        fails(Kind.UNREACHABLE, () -> source.changes(Watermark.BEGINNING, 10));
        fails(Kind.WATERMARK_EXPIRED, () -> source.changes(Watermark.BEGINNING, 10));
        assertThat(source.changes(Watermark.BEGINNING, 10).changes()).hasSize(8);
        assertThat(source.changes(Watermark.BEGINNING, 10).changes()).hasSize(4);
        assertThat(source.changes(Watermark.BEGINNING, 10).changes()).hasSize(4);
        assertThat(plan.given()).isEqualTo(5);
    }

    @Test
    void apply_truncated_writesHalf() {
        PasswordTarget target =
                target(FaultPlan.none().next(FaultPlan.Operation.APPLY, Fault.TRUNCATE));
        fails(Kind.OUTCOME_UNKNOWN, () -> target.apply(batch()));
        assertThat(written).hasSize(2);
    }

    @Test
    void apply_dyingAfterTheWrite_writesAll() {
        PasswordTarget target =
                target(FaultPlan.none().next(FaultPlan.Operation.APPLY, Fault.DIE_AFTER_WRITE));
        fails(Kind.OUTCOME_UNKNOWN, () -> target.apply(batch()));
        assertThat(written).hasSize(4);
    }

    @Test
    void apply_reordered_answersInTheOrderOfTheBatch() throws Exception {
        PasswordTarget target =
                target(FaultPlan.none().next(FaultPlan.Operation.APPLY, Fault.REORDER));
        assertThat(target.apply(batch()))
                .extracting(ItemOutcome::anchor)
                .containsExactlyElementsOf(anchors(4));
        assertThat(written).first().isEqualTo(new SourceAnchor("u3"));
    }

    @Test
    void random_sameSeed_givesTheSameFaults() {
        assertThat(run(FaultPlan.random(42, 0.5))).isEqualTo(run(FaultPlan.random(42, 0.5)));
        assertThat(FaultPlan.random(42, 0.5).given()).isZero();
    }

    private List<String> run(FaultPlan plan) {
        PasswordTarget target = target(plan);
        List<String> results = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            try {
                results.add("applied " + target.apply(batch()).size());
            } catch (ConnectorException planned) {
                results.add(planned.getMessage());
            }
        }
        return results;
    }

    @Test
    void next_faultThatMakesNoSense_isRefused() {
        assertThatThrownBy(
                        () ->
                                FaultPlan.none()
                                        .next(FaultPlan.Operation.APPLY, Fault.EXPIRE_WATERMARK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("EXPIRE_WATERMARK");
    }
}
