/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.keys.rewrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passbridge.event.EventType;
import io.passbridge.event.JournalRecord;
import io.passbridge.keys.KeyException;
import io.passbridge.keys.SealedValue;
import io.passbridge.keys.SealedValues.Count;
import io.passbridge.keys.SealedValues.Order;
import io.passbridge.keys.SealedValues.Progress;
import io.passbridge.keys.SealedValues.Rewrapped;
import io.passbridge.keys.keyset.FakeOwner;
import io.passbridge.keys.keyset.FaultyFolder;
import io.passbridge.keys.keyset.Server;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RewrapTest {
    private static final int VALUES = 23;

    private Server server;
    private SealedValuesService service;

    @BeforeEach
    void start() throws Exception {
        server = Server.started();
        service = SealedValuesService.of(server.parts);
        for (int i = 10; i < 10 + VALUES; i++) {
            server.store("c" + i, "secret " + i);
        }
    }

    @Test
    void census_valuesUnderTwoKeys_countsThemApart() throws Exception {
        server.lifeCycle.add("anna", false);
        server.store("new", "one");
        String id = server.keeper.open().keySet().id().toString();
        assertThat(service.census())
                .containsExactly(
                        new Count("account secrets", id, 1, VALUES),
                        new Count("account secrets", id, 2, 1));
    }

    @Test
    void census_noSealedValue_isCountedApart() throws Exception {
        server.owner.values.put("odd", SealedValue.of(new byte[3]));
        assertThat(service.census()).contains(new Count("account secrets", "", 0, 1));
    }

    @Test
    void rewrap_afterAdd_movesEveryValueInOneTransaction() throws Exception {
        server.lifeCycle.add("anna", false);
        Rewrapped report = service.rewrap("anna", new Order(0, false, 0), Progress.NONE).get(0);
        assertThat(report.rewrapped()).isEqualTo(VALUES);
        assertThat(server.owner.transactions()).isEqualTo(1);
        assertAllUnderKey(2);
        server.lifeCycle.disable("anna", 1);
        server.lifeCycle.destroy("anna", 1);
        assertThat(server.holds("c10", "secret 10")).isTrue();
    }

    @Test
    void rewrap_inBatches_takesOneTransactionForEach() throws Exception {
        server.lifeCycle.add("anna", false);
        service.rewrap("anna", new Order(5, false, 0), Progress.NONE);
        assertThat(server.owner.transactions()).isEqualTo(5);
        assertAllUnderKey(2);
    }

    @Test
    void rewrap_dryRun_countsAndChangesNothing() throws Exception {
        server.lifeCycle.add("anna", false);
        Rewrapped report = service.rewrap("anna", new Order(5, true, 0), Progress.NONE).get(0);
        assertThat(report.rewrapped()).isEqualTo(VALUES);
        assertThat(server.owner.transactions()).isZero();
        assertAllUnderKey(1);
    }

    @Test
    void rewrap_valueThatDoesNotOpen_isToldAndTheOthersGoOn() throws Exception {
        server.lifeCycle.add("anna", false);
        server.owner.values.put("c15", server.owner.values.get("c16"));
        Rewrapped report = service.rewrap("anna", new Order(0, false, 0), Progress.NONE).get(0);
        assertThat(report.refused()).isEqualTo(1);
        assertThat(report.troubles().get(0).value()).isEqualTo("connector c15");
        assertThat(report.rewrapped()).isEqualTo(VALUES - 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE_COMMIT", "AFTER_COMMIT"})
    void rewrap_killedAtAnyBatch_isFinishedByTheNextOne(FakeOwner.Kill when) throws Exception {
        server.lifeCycle.add("anna", false);
        int killed = 0;
        for (int batch = 0; batch < 5; batch++) {
            Server victim = server.restarted();
            victim.keeper.unlock(Optional.empty());
            victim.owner.killAt(0, when);
            try {
                SealedValuesService.of(victim.parts)
                        .rewrap("anna", new Order(5, false, 0), Progress.NONE);
            } catch (FaultyFolder.Killed e) {
                killed++;
            }
        }
        server.owner.survive();
        Server again = server.restarted();
        again.keeper.unlock(Optional.empty());
        SealedValuesService.of(again.parts).rewrap("anna", new Order(5, false, 0), Progress.NONE);
        assertThat(killed).isEqualTo(5);
        for (int i = 10; i < 10 + VALUES; i++) {
            assertThat(again.holds("c" + i, "secret " + i)).isTrue();
        }
        assertAllUnderKey(2);
    }

    @Test
    void rewrap_progress_endsAtTheTotal() throws Exception {
        server.lifeCycle.add("anna", false);
        long[] last = {0, 0};
        service.rewrap(
                "anna",
                new Order(5, false, 0),
                (done, total) -> {
                    last[0] = done;
                    last[1] = total;
                });
        assertThat(last).containsExactly(VALUES, VALUES);
    }

    @Test
    void rewrap_someRefused_journalsWhatWasDoneAndNotMore() throws Exception {
        server.lifeCycle.add("anna", false);
        server.owner.values.put("c15", server.owner.values.get("c16"));
        service.rewrap("anna", new Order(5, false, 0), Progress.NONE);
        List<JournalRecord> records = server.journal.records;
        assertThat(records.get(records.size() - 2).number())
                .isEqualTo(EventType.KEY_ACT_BEGUN.number());
        JournalRecord end = records.get(records.size() - 1);
        assertThat(end.number()).isEqualTo(EventType.KEYS_REWRAPPED.number());
        assertThat(end.attributes())
                .containsEntry("rewrapped", Integer.toString(VALUES - 1))
                .containsEntry("refused", "1");
    }

    @Test
    void verify_movedValue_isNamedWithTheReason() throws Exception {
        server.owner.values.put("c15", server.owner.values.get("c16"));
        var check = service.verify("anna", Progress.NONE).get(0);
        assertThat(check.opened()).isEqualTo(VALUES - 1);
        JournalRecord told = server.journal.records.get(server.journal.records.size() - 1);
        assertThat(told.number()).isEqualTo(EventType.VALUES_NOT_OPENING.number());
        assertThat(told.actor()).isEqualTo("anna");
        assertThat(told.attributes()).containsEntry("opened", (VALUES - 1) + " of " + VALUES);
        assertThat(check.troubles())
                .singleElement()
                .matches(t -> t.value().equals("connector c15"));
    }

    @Test
    void anything_storeAbsent_isRefused() {
        server.owners.remove(server.owner);
        assertThatThrownBy(service::census)
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("the store is not running");
    }

    @Test
    void pace_limit_waitsForTheDueTime() {
        long[] now = {0};
        Pace pace = new Pace(100, () -> now[0]);
        assertThat(pace.waitAfter(50)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(500));
        now[0] = TimeUnit.SECONDS.toNanos(2);
        assertThat(pace.waitAfter(50)).isZero();
    }

    private void assertAllUnderKey(int key) throws KeyException {
        assertThat(service.census()).singleElement().matches(c -> c.key() == key);
    }
}
