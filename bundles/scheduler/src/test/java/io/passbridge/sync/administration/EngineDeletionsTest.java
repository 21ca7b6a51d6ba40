/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.passbridge.store.RunHistory.Result;
import io.passbridge.store.RunHistory.Run;
import io.passbridge.sync.DeletionLeave;
import io.passbridge.sync.RouteStatus.Phase;
import io.passbridge.sync.RunRequest;
import io.passbridge.sync.gate.Gates;
import io.passbridge.sync.simulation.Faults.Fault;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** More deletions than permitted pause a route until somebody allows them. */
class EngineDeletionsTest extends EngineLab {
    @Test
    void deletionThreshold_pausesTheRoute_untilTheDeletionsAreAllowed() throws Exception {
        service.addRoute(route("deletionThreshold=3"));
        unlock();
        untilInStep(20);
        for (int i = 0; i < 5; i++) {
            bench.source.delete("user" + i);
        }
        Run stopped = service.run("r", DELTA, p -> {});
        assertThat(stopped.result()).isEqualTo(Result.FAILED);
        assertThat(status().phase()).isEqualTo(Phase.PAUSED);
        assertThat(bench.events.numbers()).contains(116, 613);
        assertThat(bench.target.held.values()).noneMatch(u -> Gates.gone(u.state()));
        Run allowed = service.run("r", new RunRequest(false, true, "anna"), p -> {});
        assertThat(allowed.applied()).isEqualTo(5);
        await().until(() -> status().phase() == Phase.IDLE);
    }

    @Test
    void resumeAfterTheThreshold_allowsTheDeletions() throws Exception {
        service.addRoute(route("deletionThreshold=3"));
        unlock();
        untilInStep(20);
        for (int i = 0; i < 5; i++) {
            bench.source.delete("user" + i);
        }
        service.run("r", DELTA, p -> {});
        assertThatThrownBy(() -> service.resume("r", Optional.empty(), "anna"))
                .hasMessageContaining("--allow-deletions");
        assertThat(status().phase()).isEqualTo(Phase.PAUSED);
        service.resume("r", leave(2), "anna");
        await().until(() -> status().reason().contains("leave was given for 2"));
        assertThat(bench.target.held.values()).noneMatch(u -> Gates.gone(u.state()));
        service.resume("r", leave(5), "anna");
        await().until(
                        () ->
                                bench.target.held.values().stream()
                                                .filter(u -> Gates.gone(u.state()))
                                                .count()
                                        == 5);
    }

    private Optional<DeletionLeave> leave(long most) {
        return Optional.of(
                new DeletionLeave(most, bench.clock.instant().plus(Duration.ofMinutes(30))));
    }

    @Test
    void leaveForDeletions_isToldUntilItEnds() throws Exception {
        service.addRoute(route());
        unlock();
        untilInStep(20);
        service.pause("r", "migration", "anna");
        for (int i = 0; i < 50; i++) {
            bench.faults.source.add(Fault.UNREACHABLE);
        }
        service.resume("r", leave(7), "anna");
        await().until(() -> status().phase() == Phase.FAILING);
        assertThat(status().deletions()).map(DeletionLeave::most).contains(7L);
        assertThat(bench.events.records)
                .anyMatch(
                        r ->
                                "7".equals(r.attributes().get("most"))
                                        && r.attributes().containsKey("until"));
        bench.clock.advance(Duration.ofMinutes(31));
        assertThat(status().deletions()).isEmpty();
    }
}
