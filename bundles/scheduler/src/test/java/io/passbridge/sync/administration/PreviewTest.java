/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.sync.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.passbridge.connector.UnusableItem;
import io.passbridge.credential.AccountState;
import io.passbridge.credential.AccountState.Flag;
import io.passbridge.credential.SourceAnchor;
import io.passbridge.sync.Explanation;
import io.passbridge.sync.Gate;
import io.passbridge.sync.PlannedChange;
import io.passbridge.sync.PlannedChange.Kind;
import io.passbridge.sync.Preview;
import io.passbridge.sync.RouteStatus.Phase;
import io.passbridge.sync.RunRequest;
import io.passbridge.sync.SyncException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What would happen and why, without doing it. */
class PreviewTest extends EngineLab {
    @Test
    void preview_saysWhoChangesAndWhy_andWhatWouldStopTheRun() throws Exception {
        service.addRoute(route("deletionThreshold=3", "exclude=user9", "accounts=create"));
        unlock();
        untilInStep(19);
        service.pause("r", "looking", "anna");
        bench.source.password("new", "first");
        bench.source.password("user5", "second");
        bench.source.state("user6", AccountState.of(Flag.DISABLED));
        bench.source.put("user7", "{CRYPT}", "x", AccountState.ACTIVE);
        for (int i = 0; i < 4; i++) {
            bench.source.delete("user" + i);
        }
        bench.source.delete("never");
        bench.source.rename("user8", "anna.lee");
        Preview preview = service.preview("r", false);
        assertThat(preview.changes())
                .extracting(PlannedChange::user, PlannedChange::kind)
                .containsExactly(
                        tuple("new", Kind.CREATE),
                        tuple("user5", Kind.PASSWORD),
                        tuple("user6", Kind.DISABLE),
                        tuple("user7", Kind.REFUSE),
                        tuple("user0", Kind.DELETE),
                        tuple("user1", Kind.DELETE),
                        tuple("user2", Kind.DELETE),
                        tuple("user3", Kind.DELETE),
                        tuple("anna.lee", Kind.RENAME));
        assertThat(preview.changes().get(0).reason()).isEqualTo("new on this route; made");
        assertThat(bench.target.accounts.get(new SourceAnchor("user8")).loginName())
                .as("nothing is written")
                .isEqualTo("user8");
        assertThat(preview.changes()).noneMatch(change -> change.reason().isEmpty());
        assertThat(preview.deletions()).isEqualTo(4);
        assertThat(preview.stops()).contains("deletionThreshold is 3");
        assertThat(service.preview("r", Map.of("include", "user10")).changes())
                .filteredOn(change -> change.kind() == Kind.LEAVE)
                .extracting(PlannedChange::reason)
                .contains("left out by the route's include and exclude");
    }

    @Test
    void stagingRoute_doesNotRun_butForecasts() throws Exception {
        service.addRoute(route("state=staging"));
        unlock();
        assertThat(status().phase()).isEqualTo(Phase.STAGING);
        Preview preview = service.preview("r", true);
        assertThat(preview.passwords()).isEqualTo(20);
        assertThat(preview.complete()).isTrue();
        assertThat(preview.duration()).isPresent();
        assertThat(bench.target.digests).isEmpty();
        assertThat(bench.state.commits).isEmpty();
        assertThat(bench.source.allWiped()).isTrue();
    }

    @Test
    void preview_withOtherValues_saysHowManyWouldChange() throws Exception {
        bench.source.put("new", "{SHA}", "x", AccountState.of(Flag.MUST_CHANGE_PASSWORD));
        service.addRoute(route("mustChange=skip"));
        unlock();
        service.run("r", new RunRequest(false, false, "me"), p -> {});
        int commits = bench.state.commits.size();
        Preview send = service.preview("r", Map.of("mustChange", "send"));
        assertThat(send.passwords()).isEqualTo(1);
        assertThat(send.unchanged()).isEqualTo(20);
        assertThat(send.complete()).isTrue();
        Preview narrow = service.preview("r", Map.of("include", "user1", "mustChange", "send"));
        assertThat(narrow.deletions()).as("all but user1").isEqualTo(20);
        assertThat(narrow.passwords()).isZero();
        assertThat(bench.state.commits).hasSize(commits);
        assertThatThrownBy(() -> service.preview("r", Map.of("mustchange", "send")))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("'mustchange' is not a parameter of a route")
                .hasMessageContaining("mustChange");
        assertThatThrownBy(() -> service.preview("r", Map.of("pageSize", "many")))
                .hasMessageContaining("'pageSize'");
        assertThatThrownBy(() -> service.preview("r", Map.of("pageSize", "5000")))
                .hasMessageContaining("1 to 1000 are allowed");
    }

    @Test
    void explain_namesTheGateThatStoppedTheUser() throws Exception {
        bench.source.put("odd", "{CRYPT}", "x", AccountState.ACTIVE);
        bench.source.unusable.add(
                new UnusableItem("people.ldif:7", "torn", Optional.empty(), "the hash is cut off"));
        service.addRoute(route("exclude=user2"));
        unlock();
        await().until(() -> status().positionAt().isPresent() && !status().fullRun());
        Explanation odd = service.explain("odd", "").get(0);
        assertThat(odd.stoppedBy().map(Gate::name)).contains("digest");
        assertThat(odd.summary()).contains("cannot process CRYPT");
        Explanation outside = service.explain("user2", "r").get(0);
        assertThat(outside.stoppedBy().map(Gate::name)).contains("scope");
        assertThat(outside.gates())
                .filteredOn(gate -> gate.name().equals("target"))
                .extracting(Gate::text)
                .allMatch(text -> text.startsWith("nothing is kept in step"));
        assertThat(service.explain("user1", "r").get(0).summary()).isEqualTo("in step");
        bench.source.rename("user1", "anna.lee");
        assertThat(service.names("r", List.of("user1", "nobody")))
                .containsExactly(entry("user1", "anna.lee"));
        assertThat(service.explain("nobody", "r").get(0).summary()).contains("knows no user");
        assertThat(service.explain("torn", "r").get(0).summary())
                .isEqualTo("source corp cannot use people.ldif:7: the hash is cut off");
        assertThat(bench.source.allWiped()).isTrue();
    }
}
