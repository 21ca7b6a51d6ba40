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
import io.passbridge.store.SyncState.PageCommit;
import io.passbridge.store.SyncState.UserState;
import io.passbridge.sync.route.CycleFailure;
import io.passbridge.sync.route.RouteSettings;
import io.passbridge.sync.simulation.Bench;
import io.passbridge.sync.simulation.Faults;
import io.passbridge.sync.simulation.Faults.Fault;
import io.passbridge.sync.simulation.SimulatedSource;
import io.passbridge.sync.simulation.SimulatedSource.User;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Any interleaving of changes, cycles, faults and kills ends with every user at the newest version;
 * no target ever goes back, and no watermark passes a change that is neither settled nor queued.
 */
class FaultPropertyTest {
    private static final int USERS = 12;
    private static final RouteSettings SETTINGS =
            Bench.settings("pageSize=8", "retryAttempts=100", "accounts=none");

    /** One step of a scenario. */
    enum Act {
        PASSWORD,
        STATE,
        DELETE,
        BUSY,
        CYCLE,
        FULL,
        NOT_DURABLE,
        DURABLE
    }

    record Step(Act act, int user, List<Fault> source, List<Fault> target, List<Fault> store) {}

    @Provide
    Arbitrary<List<Step>> scenarios() {
        Arbitrary<Act> acts =
                Arbitraries.frequency(
                        net.jqwik.api.Tuple.of(6, Act.PASSWORD),
                        net.jqwik.api.Tuple.of(3, Act.STATE),
                        net.jqwik.api.Tuple.of(1, Act.DELETE),
                        net.jqwik.api.Tuple.of(2, Act.BUSY),
                        net.jqwik.api.Tuple.of(6, Act.CYCLE),
                        net.jqwik.api.Tuple.of(1, Act.FULL),
                        net.jqwik.api.Tuple.of(1, Act.NOT_DURABLE),
                        net.jqwik.api.Tuple.of(1, Act.DURABLE));
        return Combinators.combine(
                        acts,
                        Arbitraries.integers().between(0, USERS - 1),
                        faults(
                                Fault.UNREACHABLE,
                                Fault.UNKNOWN_AFTER,
                                Fault.PLUGIN_FAULT,
                                Fault.DUPLICATE,
                                Fault.EXPIRED,
                                Fault.KILL,
                                Fault.KILL_AFTER),
                        faults(
                                Fault.UNREACHABLE,
                                Fault.UNKNOWN_AFTER,
                                Fault.PLUGIN_FAULT,
                                Fault.KILL,
                                Fault.KILL_AFTER),
                        faults(Fault.DEADLOCK, Fault.STORE_DOWN, Fault.KILL, Fault.KILL_AFTER))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }

    private static Arbitrary<List<Fault>> faults(Fault... kinds) {
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(4, Arbitraries.just(Fault.NONE)),
                        net.jqwik.api.Tuple.of(1, Arbitraries.of(kinds)))
                .list()
                .ofMaxSize(4);
    }

    @Property(tries = 400)
    void anyInterleavingOfFaults_endsWithEveryUserAtTheNewestVersion(
            @ForAll("scenarios") List<Step> steps) throws Exception {
        try (Bench bench = new Bench()) {
            bench.state.observer = page -> watermarkPassesNothingUnsettled(bench, page);
            for (int i = 0; i < USERS; i++) {
                bench.source.password("user" + i, "first");
            }
            int number = 0;
            for (Step step : steps) {
                play(bench, step, ++number);
            }
            settle(bench);
            everyUserIsAtTheNewestVersion(bench);
            targetNeverWentBack(bench);
            assertThat(bench.source.allWiped()).as("every credential is wiped").isTrue();
        }
    }

    private static void play(Bench bench, Step step, int number) throws Exception {
        String user = "user" + step.user();
        switch (step.act()) {
            case PASSWORD -> bench.source.password(user, "change" + number);
            case STATE ->
                    bench.source.state(
                            user,
                            number % 2 == 0 ? AccountState.of(Flag.DISABLED) : AccountState.ACTIVE);
            case DELETE -> bench.source.delete(user);
            case BUSY -> {
                if (bench.target.answers.remove(new SourceAnchor(user)) == null) {
                    bench.target.answers.put(new SourceAnchor(user), Outcome.RETRY);
                }
            }
            case NOT_DURABLE -> bench.source.durable = false;
            case DURABLE -> bench.source.durable = true;
            case CYCLE, FULL -> {
                bench.faults.source.addAll(step.source());
                bench.faults.target.addAll(step.target());
                bench.faults.store.addAll(step.store());
                tryCycle(bench, step.act() == Act.FULL);
                bench.faults.clear();
            }
        }
    }

    private static void tryCycle(Bench bench, boolean full) throws InterruptedException {
        try {
            bench.cycle(SETTINGS, full, true);
        } catch (CycleFailure e) {
            assertThat(e.getMessage()).isNotBlank();
        } catch (Faults.Killed | RuntimeException e) {
            if (!(e instanceof Faults.Killed) && !(e.getCause() instanceof Faults.Killed)) {
                throw new AssertionError("only a kill comes as anything else", e);
            }
        }
        bench.restart();
    }

    /** What happens by itself once all is well again. */
    private static void settle(Bench bench) throws Exception {
        bench.target.answers.clear();
        for (int i = 0; i < 3; i++) {
            bench.clock.advance(Duration.ofHours(2));
            bench.cycle(SETTINGS, false, true);
        }
    }

    private static void everyUserIsAtTheNewestVersion(Bench bench) {
        assertThat(bench.state.retries).isEmpty();
        for (User user : bench.source.present.values()) {
            PasswordUpdate held = bench.target.held.get(user.anchor());
            if (user.state().has(Flag.DELETED)) {
                assertThat(held == null || held.state().has(Flag.DELETED)).isTrue();
                continue;
            }
            assertThat(held.version())
                    .as("version of %s", user.anchor())
                    .isEqualTo(new ChangeVersion(user.version(), user.version()));
            assertThat(held.state()).isEqualTo(user.state());
            if (!user.password().isEmpty()) {
                assertThat(bench.target.digests.get(user.anchor()))
                        .isEqualTo("digest of {SHA}" + user.password());
            }
        }
    }

    private static void targetNeverWentBack(Bench bench) {
        Map<SourceAnchor, ChangeVersion> last = new HashMap<>();
        for (PasswordUpdate write : bench.target.writes) {
            ChangeVersion before = last.put(write.anchor(), write.version());
            assertThat(before == null || before.compareTo(write.version()) <= 0)
                    .as("%s: %s after %s", write.anchor(), write.version(), before)
                    .isTrue();
        }
    }

    private static void watermarkPassesNothingUnsettled(Bench bench, PageCommit page) {
        if (page.position().isEmpty() || page.position().get().watermark().isBeginning()) {
            return;
        }
        String[] mark =
                new String(page.position().get().watermark().toBytes(), StandardCharsets.US_ASCII)
                        .split(":");
        int end = mark[0].equals("log") ? Integer.parseInt(mark[1]) : 0;
        for (SimulatedSource.Entry entry : bench.source.log.subList(0, end)) {
            SourceAnchor anchor = entry.user().anchor();
            UserState settled = bench.state.users.get(anchor);
            boolean done =
                    settled != null && settled.version().sequence() >= entry.user().version();
            assertThat(done || bench.state.retries.containsKey(anchor))
                    .as("%s at version %s", anchor, entry.user().version())
                    .isTrue();
        }
    }
}
