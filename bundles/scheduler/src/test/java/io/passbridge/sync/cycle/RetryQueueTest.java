/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.connector.ItemOutcome.Outcome;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.store.Standing;
import io.passbridge.sync.page.RunTally;
import io.passbridge.sync.route.CycleFailure;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who owes a write: read afresh, overtaken, given up. */
class RetryQueueTest extends CycleLab {
    @Test
    void itemToBeRetried_isQueuedAsAnAnchor_andReadAfresh() throws Exception {
        people(3);
        bench.target.answers.put(anchor("user1"), Outcome.RETRY);
        RunTally tally = bench.cycle();
        assertThat(tally.sum().retried()).isEqualTo(1);
        assertThat(bench.events.numbers()).contains(605);
        bench.target.answers.clear();
        bench.source.password("user1", "second");
        bench.clock.advance(Duration.ofMinutes(1));
        bench.cycle();
        assertThat(bench.digestAtTarget("user1")).isEqualTo("digest of {SHA}second");
        assertThat(bench.state.retries).isEmpty();
        assertThat(bench.events.numbers()).contains(606);
    }

    @Test
    void retriesThatFailTooOften_areGivenUp_andTheJournalSaysSo() throws Exception {
        people(1);
        bench.target.answers.put(anchor("user0"), Outcome.RETRY);
        for (int i = 0; i < 5; i++) {
            bench.clock.advance(Duration.ofHours(2));
            bench.cycle("retryAttempts=3");
        }
        assertThat(bench.state.retries).isEmpty();
        assertThat(bench.state.users.get(anchor("user0")).detail())
                .startsWith("given up after 3 attempts");
        assertThat(bench.events.numbers()).containsOnlyOnce(620);
    }

    @Test
    void newerChange_supersedesTheRetry() throws Exception {
        people(1);
        bench.target.answers.put(anchor("user0"), Outcome.RETRY);
        bench.cycle();
        bench.target.answers.clear();
        bench.source.password("user0", "second");
        bench.cycle();
        assertThat(bench.state.retries).isEmpty();
        assertThat(bench.digestAtTarget("user0")).isEqualTo("digest of {SHA}second");
    }

    @Test
    void userWhomTheSourceCannotReadNow_waits_andHoldsUpNobody() throws Exception {
        people(3);
        bench.source.unreadable.add(anchor("user1"));
        bench.cycle();
        assertThat(bench.state.counts("r").of(Standing.IN_STEP)).isEqualTo(2);
        assertThat(bench.state.counts("r").of(Standing.WAITING)).isEqualTo(1);
        assertThat(bench.state.retries.get(anchor("user1")).reason()).isEqualTo("torn");

        bench.source.unreadable.clear();
        bench.clock.advance(Duration.ofMinutes(1));
        bench.cycle();
        assertThat(bench.digestAtTarget("user1")).isEqualTo("digest of {SHA}first1");
        assertThat(bench.state.counts("r").of(Standing.WAITING)).isZero();
    }

    @Test
    void userWhoWasNeverRead_isRecordedAsThat_andSentAtTheSameVersionLater() throws Exception {
        people(2);
        bench.source.unreadable.add(anchor("user1"));
        bench.cycle("retryAttempts=1");
        assertThat(bench.state.users.get(anchor("user1")).state()).isEqualTo(AccountState.UNREAD);
        assertThat(bench.state.counts("r").of(Standing.REFUSED)).isEqualTo(1);

        bench.source.unreadable.clear();
        bench.source.put("user1", "{SHA}", "first1", AccountState.ACTIVE, 1);
        bench.cycle();
        assertThat(bench.digestAtTarget("user1")).isEqualTo("digest of {SHA}first1");
    }

    @Test
    void oneOfManyRetries_whomTheSourceRefuses_leavesTheOthersAlone() throws Exception {
        people(4);
        bench.source.unreadable.addAll(List.of(anchor("user0"), anchor("user2")));
        bench.cycle();
        bench.source.unreadable.remove(anchor("user0"));
        bench.clock.advance(Duration.ofMinutes(1));
        bench.cycle();
        assertThat(bench.digestAtTarget("user0")).isEqualTo("digest of {SHA}first0");
        assertThat(bench.state.retries).containsOnlyKeys(anchor("user2"));
        assertThat(bench.state.retries.get(anchor("user2")).reason())
                .contains("one of them is torn");
    }

    @Test
    void missingUsersOnARouteThatMakesNone_areRetried() throws Exception {
        people(1);
        bench.target.anyUser = false;
        bench.cycle();
        assertThat(bench.state.retries).containsOnlyKeys(anchor("user0"));
        bench.target.users.add(anchor("user0"));
        bench.clock.advance(Duration.ofMinutes(1));
        bench.cycle();
        assertThat(bench.digestAtTarget("user0")).isEqualTo("digest of {SHA}first0");
    }

    @Test
    void retryOfSomebodyOfWhomTheSourceSaysNothing_ends_andLeavesTheTargetAlone() throws Exception {
        people(2);
        bench.source.tellsNow = true;
        bench.cycle();
        bench.target.answers.put(anchor("user0"), Outcome.RETRY);
        bench.source.password("user0", "second");
        bench.cycle();
        assertThat(bench.state.retries).hasSize(1);
        bench.target.answers.clear();
        bench.source.put("user0", "", "", AccountState.of(Flag.OUT_OF_SCOPE), 0);
        bench.clock.advance(Duration.ofHours(1));
        bench.cycle();
        assertThat(bench.state.retries).isEmpty();
        assertThat(bench.target.held.get(anchor("user0")).state()).isEqualTo(AccountState.ACTIVE);
        assertThat(bench.digestAtTarget("user0")).isEqualTo("digest of {SHA}first0");
    }

    @Test
    void answersForUsersNobodyAskedFor_areNotWritten() throws Exception {
        people(3);
        bench.cycle();
        bench.target.answers.put(anchor("user1"), Outcome.RETRY);
        bench.source.password("user1", "second");
        bench.cycle();
        bench.target.answers.clear();
        bench.source.talkative = true;
        Set<String> asked = new TreeSet<>();
        bench.target.refusal =
                batch -> {
                    batch.forEach(update -> asked.add(update.anchor().value()));
                    return null;
                };
        bench.clock.advance(Duration.ofHours(1));
        bench.cycle();
        assertThat(asked).containsExactly("user1");
        assertThat(bench.source.allWiped()).isTrue();
    }

    @Test
    void pause_isHeededWithinALongRetryQueue() throws Exception {
        people(40);
        for (int i = 0; i < 40; i++) {
            bench.target.answers.put(anchor("user" + i), Outcome.RETRY);
        }
        bench.cycle("pageSize=10");
        assertThat(bench.state.retries).hasSize(40);
        bench.target.answers.clear();
        bench.target.writes.clear();
        bench.clock.advance(Duration.ofHours(1));
        bench.state.observer = page -> bench.stopping = true;
        assertThatThrownBy(() -> bench.cycle("pageSize=10"))
                .isInstanceOfSatisfying(
                        CycleFailure.class,
                        e -> assertThat(e.kind()).isEqualTo(CycleFailure.Kind.STOPPED));
        assertThat(bench.target.writes).as("the page that was under way").hasSize(10);
        assertThat(bench.state.retries).hasSize(30);
    }
}
