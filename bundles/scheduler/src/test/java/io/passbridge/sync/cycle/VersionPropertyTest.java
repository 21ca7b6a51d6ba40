/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.connector.PasswordUpdate;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.ChangeVersion;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.sync.gate.Gates;
import io.passbridge.sync.route.CycleFailure;
import io.passbridge.sync.route.RouteSettings;
import io.passbridge.sync.simulation.Bench;
import io.passbridge.sync.simulation.Faults;
import io.passbridge.sync.simulation.Faults.Fault;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Any history of one user, with versions that go up and down, values that are permitted and not,
 * kills, a store that was lost: after the last change and one delta run the target holds it.
 */
class VersionPropertyTest {
    private static final String USER = "anna";
    private static final SourceAnchor ANNA = new SourceAnchor(USER);
    private static final RouteSettings SKIPS = Bench.settings("mustChange=skip");
    private static final List<AccountState> STATES =
            List.of(
                    AccountState.ACTIVE,
                    AccountState.ACTIVE,
                    AccountState.of(Flag.MUST_CHANGE_PASSWORD),
                    AccountState.of(Flag.DISABLED),
                    AccountState.of(Flag.DISABLED, Flag.MUST_CHANGE_PASSWORD),
                    AccountState.of(Flag.DELETED));

    /** One step of a history. */
    enum Act {
        CHANGE,
        DELTA,
        FULL,
        KILLED_BEFORE_THE_COMMIT,
        TARGET_BUSY,
        STORE_LOST
    }

    record Step(Act act, boolean permitted, int state, int version) {}

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Act> acts =
                Arbitraries.frequency(
                        Tuple.of(8, Act.CHANGE),
                        Tuple.of(8, Act.DELTA),
                        Tuple.of(1, Act.FULL),
                        Tuple.of(2, Act.KILLED_BEFORE_THE_COMMIT),
                        Tuple.of(1, Act.TARGET_BUSY),
                        Tuple.of(1, Act.STORE_LOST));
        return Combinators.combine(
                        acts,
                        Arbitraries.of(true, true, false),
                        Arbitraries.integers().between(0, STATES.size() - 1),
                        Arbitraries.integers().between(1, 9))
                .as(Step::new)
                .list()
                .ofMinSize(2)
                .ofMaxSize(25);
    }

    @Property(tries = 500)
    void anyHistoryOfAUser_endsWithTheLastPermittedCredentialAtTheTarget(
            @ForAll("histories") List<Step> steps, @ForAll("histories") List<Step> last)
            throws Exception {
        try (Bench bench = new Bench()) {
            bench.source.tellsNow = true;
            bench.source.put(USER, "{SHA}", "first", AccountState.ACTIVE, version(5, 0));
            int number = 0;
            for (Step step : steps) {
                play(bench, step, ++number);
            }
            bench.source.put(
                    USER,
                    "{SHA}",
                    "last",
                    AccountState.ACTIVE,
                    version(last.get(0).version(), ++number));
            bench.target.answers.clear();
            bench.clock.advance(Duration.ofHours(2));
            bench.cycle(SKIPS, false, true);

            assertThat(bench.digestAtTarget(USER)).isEqualTo("digest of {SHA}last");
            assertThat(bench.target.held.get(ANNA).state()).isEqualTo(AccountState.ACTIVE);
            assertThat(Gates.inStep(bench.state.users.get(ANNA))).isTrue();
            assertThat(bench.state.retries).isEmpty();
            targetNeverWentBack(bench);
        }
    }

    /** Two changes never have the same version, but their order is anybody's guess. */
    private static long version(int base, int number) {
        return base * 1_000L + number;
    }

    private static void play(Bench bench, Step step, int number) throws Exception {
        switch (step.act()) {
            case CHANGE ->
                    bench.source.put(
                            USER,
                            step.permitted() ? "{SHA}" : "{OTHER}",
                            "change" + number,
                            STATES.get(step.state()),
                            version(step.version(), number));
            case DELTA -> bench.cycle(SKIPS, false, true);
            case FULL -> bench.cycle(SKIPS, true, true);
            case KILLED_BEFORE_THE_COMMIT -> killed(bench);
            case TARGET_BUSY -> {
                if (bench.target.answers.remove(ANNA) == null) {
                    bench.target.answers.put(ANNA, Outcome.RETRY);
                }
            }
            case STORE_LOST -> bench.state.forget("r");
        }
    }

    private static void killed(Bench bench) throws Exception {
        bench.faults.store.add(Fault.NONE);
        bench.faults.store.add(Fault.KILL);
        try {
            bench.cycle(SKIPS, false, true);
        } catch (CycleFailure e) {
            assertThat(e.getMessage()).isNotBlank();
        } catch (Faults.Killed | RuntimeException e) {
            // the next start goes on
        }
        bench.faults.clear();
        bench.restart();
    }

    private static void targetNeverWentBack(Bench bench) {
        ChangeVersion before = new ChangeVersion(0, 0);
        for (PasswordUpdate write : bench.target.writes) {
            assertThat(write.version()).isGreaterThanOrEqualTo(before);
            before = write.version();
        }
    }
}
