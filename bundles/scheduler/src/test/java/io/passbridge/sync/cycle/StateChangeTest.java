/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.sync.simulation.Bench;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Account states, with and without a password beside them. */
class StateChangeTest extends CycleLab {
    @Test
    void changeOfStateAlone_doesNotOvertakeAPasswordInTheQueue() throws Exception {
        people(1);
        bench.cycle();
        bench.source.password("user0", "second");
        bench.target.answers.put(anchor("user0"), Outcome.RETRY);
        bench.cycle();
        bench.target.answers.clear();
        bench.source.state("user0", AccountState.of(Flag.DISABLED));
        bench.cycle();
        assertThat(bench.state.retries).containsOnlyKeys(anchor("user0"));
        bench.clock.advance(Duration.ofMinutes(1));
        bench.cycle();
        assertThat(bench.digestAtTarget("user0")).isEqualTo("digest of {SHA}second");
        assertThat(bench.target.held.get(anchor("user0")).state().has(Flag.DISABLED)).isTrue();
    }

    @Test
    void changeOfStateAlone_ofAUserWhoWasGivenUp_readsThePasswordAgain() throws Exception {
        people(1);
        bench.cycle();
        bench.source.password("user0", "second");
        bench.target.answers.put(anchor("user0"), Outcome.REJECTED);
        bench.cycle();
        bench.target.answers.clear();
        bench.source.state("user0", AccountState.of(Flag.PASSWORD_NEVER_EXPIRES));
        bench.cycle();
        bench.cycle();
        assertThat(bench.digestAtTarget("user0")).isEqualTo("digest of {SHA}second");
    }

    @Test
    void stateAlone_isSentWithoutADigest_andCounted() throws Exception {
        people(2);
        bench.cycle();
        bench.source.state("user1", AccountState.of(Flag.DISABLED));
        bench.cycle();
        assertThat(bench.target.held.get(anchor("user1")).digest()).isEmpty();
        assertThat(bench.target.held.get(anchor("user1")).state().has(Flag.DISABLED)).isTrue();
        assertThat(bench.digestAtTarget("user1")).isEqualTo("digest of {SHA}first1");
        assertThat(bench.events.numbers()).contains(668);
    }

    @Test
    void statesAlone_askTheQueueOnceAPage() throws Exception {
        people(5);
        bench.cycle();
        for (int i = 0; i < 4; i++) {
            bench.source.state("user" + i, AccountState.of(Flag.DISABLED));
        }
        bench.state.queueQueries = 0;
        bench.cycle();
        assertThat(bench.target.held.get(anchor("user3")).state().has(Flag.DISABLED)).isTrue();
        assertThat(bench.state.queueQueries).isEqualTo(1);
    }

    @Test
    void closedAccountWithUnusablePassword_isClosedAtTheTargetAllTheSame() throws Exception {
        people(1);
        bench.cycle();
        bench.source.put("user0", "{CRYPT}", "x", AccountState.of(Flag.DISABLED));
        bench.cycle();
        assertThat(bench.target.held.get(anchor("user0")).state().has(Flag.DISABLED)).isTrue();
        assertThat(bench.state.users.get(anchor("user0")).outcome()).isEqualTo(Outcome.REJECTED);
    }

    @Test
    void refusedPasswordOfAClosedAccount_arrivesOnceItMay() throws Exception {
        people(1);
        bench.cycle();
        bench.source.put("user0", "{SSHA512}", "x", AccountState.of(Flag.DISABLED));
        bench.cycle();
        assertThat(bench.digestAtTarget("user0")).isEqualTo("digest of {SHA}first0");
        bench.target.schemes = Set.of("test", "SSHA512");
        bench.cycle(Bench.settings("passThrough=SSHA512"), true, false);
        assertThat(bench.digestAtTarget("user0")).isEqualTo("{SSHA512}x");
    }

    @Test
    void mustChangeSkip_waitsForTheNewPassword() throws Exception {
        people(1);
        bench.cycle("mustChange=skip");
        bench.source.put("user0", "{SHA}", "reset", AccountState.of(Flag.MUST_CHANGE_PASSWORD));
        bench.cycle("mustChange=skip");
        assertThat(bench.digestAtTarget("user0")).isEqualTo("digest of {SHA}first0");
        bench.source.put("user0", "{SHA}", "own", AccountState.ACTIVE);
        bench.cycle("mustChange=skip");
        assertThat(bench.digestAtTarget("user0")).isEqualTo("digest of {SHA}own");
    }
}
