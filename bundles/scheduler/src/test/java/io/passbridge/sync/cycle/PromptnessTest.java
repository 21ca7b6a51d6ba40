/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.credential.AccountState;
import io.passbridge.store.Latencies;
import io.passbridge.sync.simulation.Bench;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long changes take is told of those alone whose own time says it. Cycles last a second. */
class PromptnessTest extends CycleLab {
    @BeforeEach
    void aRouteWithTwoPeopleInStep() throws Exception {
        bench.clock.advance(Duration.ofMinutes(83));
        made(Duration.ofDays(-400), "ada");
        made(Duration.ofSeconds(-1), "bob");
        bench.cycle();
        assertThat(bench.target.digests).hasSize(2);
        assertThat(latencies()).as("a first run tells nothing").isEqualTo(Latencies.NONE);
    }

    /** Sets a password at a time from now. */
    private void made(Duration fromNow, String user) {
        bench.source.changedAt.put(anchor(user), bench.clock.instant().plus(fromNow));
        bench.source.password(user, "password of " + bench.source.log.size());
    }

    private Latencies latencies() {
        return bench.state.latencies("r", Instant.EPOCH);
    }

    private void assertTold(Duration... lengths) {
        Latencies expected = Latencies.of(List.of(lengths));
        assertThat(latencies()).isEqualTo(expected);
    }

    @Test
    void changeOfSomebodyInStep_isTimedFromTheSourceToTheTarget() throws Exception {
        bench.clock.advance(Duration.ofMinutes(5));
        made(Duration.ofSeconds(-14), "ada");
        bench.cycle();
        assertTold(Duration.ofSeconds(15));
        bench.cycle();
        assertTold(Duration.ofSeconds(15));
    }

    @Test
    void newUser_isTimed_ifThePasswordIsNewToo() throws Exception {
        bench.clock.advance(Duration.ofMinutes(5));
        made(Duration.ofSeconds(-14), "new");
        made(Duration.ofDays(-400), "moved into the scope");
        bench.cycle();
        assertThat(bench.target.digests).hasSize(4);
        assertTold(Duration.ofSeconds(15));
    }

    @Test
    void fullRun_tellsNothing_whateverTimesTheSourceGives() throws Exception {
        bench.clock.advance(Duration.ofMinutes(5));
        bench.source.changedAt.replaceAll((user, before) -> bench.clock.instant());
        bench.cycle(Bench.settings(), true, false);
        assertTold();
    }

    @Test
    void olderPasswordOfARestoredSource_tellsNothing() throws Exception {
        bench.source.tellsNow = true;
        bench.source.changedAt.put(
                anchor("bob"), bench.clock.instant().minus(400, ChronoUnit.DAYS));
        bench.source.put("bob", "{SHA}", "of next year", AccountState.ACTIVE, 9);
        bench.cycle();
        bench.source.put("bob", "{SHA}", "an older one", AccountState.ACTIVE, 3);
        bench.cycle();
        assertThat(bench.digestAtTarget("bob")).isEqualTo("digest of {SHA}an older one");
        assertTold();
    }

    @Test
    void sourceThatCountsDays_tellsNothing() throws Exception {
        bench.clock.advance(Duration.ofDays(2));
        bench.source.changedAt.put(
                anchor("ada"), bench.clock.instant().truncatedTo(ChronoUnit.DAYS));
        bench.source.password("ada", "of today");
        bench.cycle();
        assertThat(bench.digestAtTarget("ada")).isEqualTo("digest of {SHA}of today");
        assertTold();
    }

    @Test
    void stateAlone_tellsNothing() throws Exception {
        bench.clock.advance(Duration.ofMinutes(5));
        bench.source.changedAt.put(anchor("ada"), bench.clock.instant());
        bench.source.state("ada", AccountState.of(AccountState.Flag.DISABLED));
        bench.cycle();
        assertTold();
    }

    @Test
    void whoWaitedForTheTarget_tookAsLongAsThat() throws Exception {
        bench.clock.advance(Duration.ofMinutes(5));
        bench.target.answers.put(anchor("ada"), Outcome.RETRY);
        made(Duration.ZERO, "ada");
        bench.cycle();
        assertTold();
        bench.target.answers.clear();
        bench.clock.advance(Duration.ofMinutes(10).minusSeconds(2));
        bench.cycle();
        assertTold(Duration.ofMinutes(10));
    }
}
